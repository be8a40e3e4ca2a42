//! How long tokens may live. Knows dates and the instance's settings.

use jiff::civil::Date;

use crate::gitlab::world::World;

/// Says what is wrong with an expiry date. Nothing is, if the instance requires none; a date in the past is not
/// refused either.
pub(crate) fn check(world: &World, expires_at: Option<Date>) -> Result<(), String> {
    let latest = world.in_days(world.settings.max_lifetime_days);
    match expires_at {
        Some(date) if world.settings.require_expiry && date > latest => {
            Err(format!("Expiration date must be before {latest}"))
        }
        _ => Ok(()),
    }
}
