//! Runs wire scripts on a connection. Knows only bytes.

use std::io;

use bytes::{Bytes, BytesMut};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::wire::{Pace, Step, Wire};

/// The approximate number of bytes of a repeated body that are written at once.
const CHUNK: usize = 64 * 1024;

/// Writes the script and closes the connection. Ends early if the client has disconnected.
pub(crate) async fn play(wire: Wire, mut stream: TcpStream) {
    for step in wire.steps {
        if let Step::Reset = step {
            let _ = stream.set_zero_linger();
            return;
        }
        if perform(step, &mut stream).await.is_err() {
            return;
        }
    }
    let _ = stream.shutdown().await;
}

async fn perform(step: Step, stream: &mut TcpStream) -> io::Result<()> {
    match step {
        Step::Bytes(bytes) => stream.write_all(&bytes).await,
        Step::Repeat { unit, times } => repeat(unit, times, stream).await,
        Step::Pause(gate) => {
            gate.pass().await;
            Ok(())
        }
        Step::Drip { bytes, pace } => {
            for byte in bytes {
                match &pace {
                    Pace::Gate(gate) => gate.pass().await,
                    Pace::Every(interval) => tokio::time::sleep(*interval).await,
                }
                stream.write_u8(byte).await?;
            }
            Ok(())
        }
        Step::Reset => Ok(()),
    }
}

async fn repeat(unit: Bytes, times: u64, stream: &mut TcpStream) -> io::Result<()> {
    let (chunk, units) = chunk_of(&unit);
    let mut left = times;
    while left >= units && units > 0 {
        stream.write_all(&chunk).await?;
        left -= units;
    }
    for _ in 0..left {
        stream.write_all(&unit).await?;
    }
    Ok(())
}

/// Returns a buffer of many units and their number. An empty unit gives an empty buffer.
pub(crate) fn chunk_of(unit: &Bytes) -> (Bytes, u64) {
    let units = CHUNK
        .checked_div(unit.len())
        .map_or(0, |units| units.max(1));
    let mut chunk = BytesMut::with_capacity(units * unit.len());
    for _ in 0..units {
        chunk.extend_from_slice(unit);
    }
    (chunk.freeze(), units as u64)
}
