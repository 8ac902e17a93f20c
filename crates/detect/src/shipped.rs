//! The rules that come with the house, one file each under `pack/`.

use crate::load::Pack;
use crate::problem::Problem;

macro_rules! pack {
    ($($name:literal),* $(,)?) => {
        /// Name and text of each file.
        pub const FILES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../pack/", $name, ".yml")))),*];
    };
}

pack![
    "volume-customers-hour",
    "volume-customers-day",
    "volume-above-habit",
    "volume-export-rows-day",
    "volume-export-single",
    "volume-export-above-habit",
    "volume-reveals-hour",
    "volume-reveals-above-habit",
    "volume-prints-hour",
    "duty-unexplained-above-habit",
    "duty-unexplained-day",
    "duty-unexplained-slow",
    "duty-vip-unexplained",
    "duty-departments-day",
    "duty-new-departments",
    "duty-sensitive-unexplained",
    "duty-crowd-on-one-customer",
    "time-unexplained-off-hours",
    "time-export-night",
    "time-off-hours-above-habit",
    "time-strange-hour",
    "place-new-device-sensitive",
    "place-new-network-export",
    "time-dormant-wakes",
    "place-many-networks",
    "probing-refused",
    "probing-refused-above-habit",
    "probing-exact-hour",
    "probing-exact-above-habit",
    "probing-exact-unexplained",
    "probing-refused-then-exported",
    "probing-refused-then-colleague",
    "privilege-self-grant",
    "privilege-change-then-out",
    "privilege-change-off-hours",
    "privilege-break-glass",
    "privilege-log-policy",
    "privilege-many-tokens",
    "privilege-mass-transfer",
    "privilege-no-second-factor",
    "leaver-takes-data",
    "leaver-more-than-usual",
    "leaver-unexplained",
    "leaver-after-leaving",
    "scraping-pages",
    "scraping-api-reads",
    "scraping-faster-than-reading",
    "scraping-round-the-clock",
    "canary-touched",
    "canary-exported",
    "canary-searched",
];

impl Pack {
    /// The shipped pack.
    ///
    /// # Errors
    /// None: a test reads it.
    pub fn shipped() -> Result<Pack, Vec<Problem>> {
        Pack::read(FILES.iter().copied())
    }
    /// Names and texts of the shipped files.
    pub fn shipped_files() -> &'static [(&'static str, &'static str)] {
        FILES
    }
}
