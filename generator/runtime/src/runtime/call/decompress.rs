//! Decompresses a body in gzip (RFC 1952) while it arrives. Knows nothing of HTTP.
//!
//! Neither what arrives nor what comes of it exceeds the limit, however small a bomb is: decoding stops at the first byte beyond it,
//! and goes in steps of some kilobytes, so that nothing larger is ever held. Several members in a row are one body. Whatever else
//! follows a member is damage: a body that goes on after its end is not the one that the server meant to send.

use std::io::{self, Write};

use bytes::Bytes;
use flate2::write::MultiGzDecoder;

/// Why decompression cannot go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GunzipFailure {
    /// There is more of it than the limit allows, compressed or not.
    TooLarge,
    /// It is no gzip, it does not match its checksum, or it ends too early.
    Damaged,
}

/// Takes in a compressed body piece by piece. After a failure nothing but [`rest`](Gunzip::rest) is of use.
pub(crate) struct Gunzip {
    decoder: MultiGzDecoder<Decoded>,
    /// What arrived, as long as nothing has come of it and more may.
    arrived: Vec<u8>,
    /// Whether it is damaged from the start. It is taken in to its end all the same: a server that only says that it compresses
    /// sends something that can be read.
    undecodable: bool,
    /// How much arrived.
    count: usize,
    limit: usize,
}

impl Gunzip {
    /// A decoder of at most `limit` bytes into at most as many.
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
    pub(crate) fn push(&mut self, piece: &[u8]) -> Result<(), GunzipFailure> {
        let room = self.limit.saturating_sub(self.count);
        let taken = piece.get(..room).unwrap_or(piece);
        self.count += taken.len();
        if self.decoder.get_ref().bytes.is_empty() {
            self.arrived.extend_from_slice(taken);
        } else {
            self.arrived = Vec::new();
        }
        if !self.undecodable && self.decoder.write_all(taken).is_err() {
            // What was decoded before the damage may not have come out yet.
            let _ = self.decoder.flush();
            self.undecodable = self.decoder.get_ref().bytes.is_empty();
            if !self.undecodable {
                return Err(self.failure());
            }
        }
        if taken.len() < piece.len() {
            return Err(GunzipFailure::TooLarge);
        }
        Ok(())
    }

    /// Says that nothing more comes. A body that is empty is no gzip and no failure: a response without content can name an encoding.
    pub(crate) fn end(&mut self) -> Result<(), GunzipFailure> {
        if self.count == 0 {
            return Ok(());
        }
        if self.undecodable {
            return Err(GunzipFailure::Damaged);
        }
        self.decoder.try_finish().map_err(|_| self.failure())?;
        self.arrived = Vec::new();
        Ok(())
    }

    /// What was decoded or, where that is nothing and something is missing, what arrived.
    pub(crate) fn rest(mut self) -> Rest {
        // A failure is known already; this is about the last bytes before it.
        let _ = self.decoder.flush();
        let decoded = std::mem::take(&mut self.decoder.get_mut().bytes);
        if decoded.is_empty() && !self.arrived.is_empty() {
            Rest::Arrived(Bytes::from(self.arrived))
        } else {
            Rest::Decoded(Bytes::from(decoded))
        }
    }

    fn failure(&self) -> GunzipFailure {
        if self.decoder.get_ref().overflowed {
            GunzipFailure::TooLarge
        } else {
            GunzipFailure::Damaged
        }
    }
}

/// What is there of a body.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Rest {
    /// What was decoded of it.
    Decoded(Bytes),
    /// What arrived, of which nothing could be decoded.
    Arrived(Bytes),
}

/// Where decoded bytes go.
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
