//! Decompression of gzip bodies (RFC 1952) as they arrive.
//!
//! Neither the compressed nor the decompressed size exceeds the limit. Decoding stops at the first byte beyond it and proceeds in steps of
//! a few kilobytes, so that a decompression bomb never takes more memory. Several members in a row are one body. Any other data after a
//! member is an error, because the body is then not the one that the server meant to send.

use std::io::{self, Write};

use bytes::Bytes;
use flate2::write::MultiGzDecoder;

use crate::runtime::call::body::BodyFailure;

/// The failure of data that is not gzip, does not match its checksum, or ends early.
pub(crate) const DAMAGED: BodyFailure =
    BodyFailure::Compression("the compressed response is damaged");

/// A decoder that receives a compressed body in pieces. After a failure, only [`rest`](Gunzip::rest) may be called.
pub(crate) struct Gunzip {
    decoder: MultiGzDecoder<Decoded>,
    /// The received bytes, until the first byte has been decoded.
    arrived: Vec<u8>,
    /// Whether the data is invalid from the start. The rest is received all the same, because a server that wrongly declares a compression
    /// sends readable data.
    undecodable: bool,
    /// The number of received bytes.
    count: usize,
    limit: usize,
}

impl Gunzip {
    /// Creates a decoder with this limit for the compressed and the decompressed size.
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            decoder: MultiGzDecoder::new(Decoded {
                bytes: Vec::new(),
                limit,
                overflowed: false,
            }),
            arrived: Vec::new(),
            undecodable: false,
            count: 0,
            limit,
        }
    }

    /// Decodes the next piece.
    pub(crate) fn push(&mut self, piece: &[u8]) -> Result<(), BodyFailure> {
        let room = self.limit.saturating_sub(self.count);
        let taken = piece.get(..room).unwrap_or(piece);
        self.count += taken.len();
        if self.decoder.get_ref().bytes.is_empty() {
            self.arrived.extend_from_slice(taken);
        } else {
            self.arrived = Vec::new();
        }
        if !self.undecodable && self.decoder.write_all(taken).is_err() {
            // Obtains the bytes that were decoded before the error.
            let _ = self.decoder.flush();
            self.undecodable = self.decoder.get_ref().bytes.is_empty();
            if !self.undecodable {
                return Err(self.failure());
            }
        }
        if taken.len() < piece.len() {
            return Err(BodyFailure::TooLarge);
        }
        Ok(())
    }

    /// Marks the end of the body. An empty body is valid, since a response without content may declare an encoding.
    pub(crate) fn end(&mut self) -> Result<(), BodyFailure> {
        if self.count == 0 {
            return Ok(());
        }
        if self.undecodable {
            return Err(DAMAGED);
        }
        self.decoder.try_finish().map_err(|_| self.failure())?;
        self.arrived = Vec::new();
        Ok(())
    }

    /// Returns the decoded bytes. If there are none and the body is incomplete, returns the received bytes.
    pub(crate) fn rest(mut self) -> Rest {
        // The failure is already known. This obtains the last bytes before it.
        let _ = self.decoder.flush();
        let decoded = std::mem::take(&mut self.decoder.get_mut().bytes);
        if decoded.is_empty() && !self.arrived.is_empty() {
            Rest::Arrived(Bytes::from(self.arrived))
        } else {
            Rest::Decoded(Bytes::from(decoded))
        }
    }

    fn failure(&self) -> BodyFailure {
        if self.decoder.get_ref().overflowed {
            BodyFailure::TooLarge
        } else {
            DAMAGED
        }
    }
}

/// The part of a body that is available.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Rest {
    /// The bytes that were decoded.
    Decoded(Bytes),
    /// The received bytes, none of which could be decoded.
    Arrived(Bytes),
}

/// The output of the decoder.
struct Decoded {
    bytes: Vec<u8>,
    limit: usize,
    overflowed: bool,
}

impl Write for Decoded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = self.limit.saturating_sub(self.bytes.len());
        let taken = bytes.get(..room).unwrap_or(bytes);
        self.bytes.extend_from_slice(taken);
        if taken.len() < bytes.len() {
            self.overflowed = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(taken.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
