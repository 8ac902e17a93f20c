//! Branding 品牌: the company's logo and accent colour, in the console and before sign-in.
//!
//! Rule: what is shown to everybody is name, logo and colours alone. A logo is a picture by its content, of a size that a page can
//! take; colours are readable on the grounds on which the console writes with them, light and dark.

use std::sync::Arc;

use access::path::{Disclosed, Grant, Language, OnSystem, Operation, Refusal};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use model::Action;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::draft::Note;
use super::people::operations;
use crate::Store;

/// Key of the setting.
pub(crate) const BRANDING: &str = "branding";
pub const MOST_LOGO_BYTES: usize = 256 * 1024;
/// Width and height of a logo.
const PIXELS: std::ops::RangeInclusive<u32> = 16..=2048;
/// Contrast of text that can be read (WCAG 2.2 AA, 1.4.3).
const LEAST_CONTRAST: f64 = 4.5;
/// As dark as a light ground is on which the console writes with the accent, and as light as a dark one: the page's own, and what is
/// tinted with the accent (web/src/theme).
const LIGHT_GROUND: Colour = Colour(0xe9, 0xed, 0xf3);
const DARK_GROUND: Colour = Colour(0x1f, 0x27, 0x32);

/// `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour(u8, u8, u8);

impl TryFrom<String> for Colour {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let bad = "a colour is `#` and six hexadecimal digits";
        let digits = text.strip_prefix('#').ok_or(bad)?;
        match hex::decode(digits).as_deref() {
            Ok(&[r, g, b]) => Ok(Self(r, g, b)),
            _ => Err(bad),
        }
    }
}
impl From<Colour> for String {
    fn from(Colour(r, g, b): Colour) -> Self {
        format!("#{}", hex::encode([r, g, b]))
    }
}

impl Colour {
    /// Relative luminance (WCAG 2.2).
    fn luminance(self) -> f64 {
        let linear = |byte: u8| {
            let c = f64::from(byte) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
    /// As it is seen on dark ground: the console's dark theme has nothing brighter.
    fn in_the_dark(self) -> Self {
        Self(self.0.min(220), self.1.min(220), self.2.min(220))
    }
    /// Contrast ratio (WCAG 2.2): 1 to 21.
    fn contrast(self, other: Colour) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

/// The accent on light and on dark ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accent {
    pub light: Colour,
    pub dark: Colour,
}

/// A picture.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// `image/png`, `image/jpeg`, `image/webp`.
    kind: String,
    /// In base64.
    data: String,
    /// SHA-256 of the bytes, in hexadecimal.
    sha256: String,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Picture").field("kind", &self.kind).field("sha256", &self.sha256).finish_non_exhaustive()
    }
}

impl Picture {
    /// Media type, and what is in it.
    pub fn bytes(&self) -> Option<(&'static str, Vec<u8>)> {
        let kind = ["image/png", "image/jpeg", "image/webp"].into_iter().find(|k| *k == self.kind)?;
        Some((kind, BASE64_STANDARD.decode(&self.data).ok()?))
    }
    pub fn sha256(&self) -> &str {
        &self.sha256
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Branding {
    pub accent: Option<Accent>,
    pub logo: Option<Picture>,
}

/// What everybody sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    pub company: String,
    /// What it speaks to whoever chose none.
    pub language: Option<Language>,
    pub branding: Arc<Branding>,
}

/// What becomes of the logo.
#[derive(Clone)]
pub enum LogoChange {
    Keep,
    Remove,
    Set(Vec<u8>),
}

impl std::fmt::Debug for LogoChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            LogoChange::Keep => "Keep",
            LogoChange::Remove => "Remove",
            LogoChange::Set(_) => "Set(…)",
        })
    }
}

/// Sets the accent, or takes it away, and the logo.
#[derive(Debug)]
pub struct ChangeBranding {
    pub accent: Option<(String, String)>,
    pub logo: LogoChange,
    pub note: Note,
}

operations! {
    ChangeBranding: SettingManage, |op| json!({ "act": "branding.change", "changed": op.note.get() });
}

/// What stands for it in the log.
fn told(branding: &Branding) -> Value {
    json!({ "accent": branding.accent, "logo": branding.logo.as_ref().map(Picture::sha256) })
}

fn wrong(field: &str, reason: impl Into<String>) -> Refusal {
    Refusal::invalid(&format!("branding.{field}"), "invalid_value", reason)
}

fn accent(light: &str, dark: &str) -> Result<Accent, Refusal> {
    let read = |field: &str, text: &str, ground: Colour| {
        let colour = Colour::try_from(text.to_owned()).map_err(|reason| wrong(field, reason))?;
        let seen = if ground == DARK_GROUND { colour.in_the_dark() } else { colour };
        let contrast = seen.contrast(ground);
        if contrast < LEAST_CONTRAST {
            let field = format!("branding.{field}");
            let reason = format!("contrast {contrast:.1}:1 against {}, but 4.5:1 is needed", String::from(ground));
            return Err(Refusal::invalid(&field, "low_contrast", reason));
        }
        Ok(colour)
    };
    Ok(Accent { light: read("light", light, LIGHT_GROUND)?, dark: read("dark", dark, DARK_GROUND)? })
}

/// Media type, width and height, by what stands at the beginning.
fn looked_at(bytes: &[u8]) -> Option<(&'static str, u32, u32)> {
    let two = |at: usize| Some(u32::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
    let four = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let byte = |at: usize| bytes.get(at).copied().map(u32::from);
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.get(12..16)? == b"IHDR" {
        return Some(("image/png", four(16)?, four(20)?));
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12)? == b"WEBP" {
        let three = |at: usize| Some(byte(at)? | byte(at + 1)? << 8 | byte(at + 2)? << 16);
        let (width, height) = match bytes.get(12..16)? {
            b"VP8X" => (three(24)? + 1, three(27)? + 1),
            b"VP8 " => ((byte(26)? | byte(27)? << 8) & 0x3fff, (byte(28)? | byte(29)? << 8) & 0x3fff),
            b"VP8L" => {
                let bits = byte(21)? | byte(22)? << 8 | byte(23)? << 16 | byte(24)? << 24;
                ((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1)
            }
            _ => return None,
        };
        return Some(("image/webp", width, height));
    }
    if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        let mut at = 2;
        // Segments, up to the frame that tells the size.
        while byte(at)? == 0xff {
            let marker = byte(at + 1)?;
            if (0xc0..=0xcf).contains(&marker) && ![0xc4, 0xc8, 0xcc].contains(&marker) {
                return Some(("image/jpeg", two(at + 7)?, two(at + 5)?));
            }
            at += 2 + usize::try_from(two(at + 2)?.max(2)).ok()?;
        }
    }
    None
}

fn picture(bytes: &[u8]) -> Result<Picture, Refusal> {
    if bytes.len() > MOST_LOGO_BYTES {
        return Err(wrong("logo", "at most 256 kB"));
    }
    let Some((kind, width, height)) = looked_at(bytes) else {
        return Err(wrong("logo", "a PNG, JPEG or WebP picture"));
    };
    if !PIXELS.contains(&width) || !PIXELS.contains(&height) {
        return Err(wrong("logo", "16 to 2048 pixels wide and high"));
    }
    Ok(Picture {
        kind: kind.to_owned(),
        data: BASE64_STANDARD.encode(bytes),
        sha256: hex::encode(Sha256::digest(bytes)),
    })
}

impl Store {
    /// What everybody sees of the company, before they sign in too.
    pub fn face(&self) -> Face {
        let company = self.company();
        Face {
            company: company.settings.company.clone(),
            language: company.settings.language,
            branding: company.branding.clone(),
        }
    }

    /// # Errors
    /// [`Refusal::Invalid`] `low_contrast` and others, and as every change.
    pub async fn change_branding(&self, grant: Grant<ChangeBranding>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let ChangeBranding { accent: wanted, logo, note } = grant.operation();
            let accent = wanted.as_ref().map(|(light, dark)| accent(light, dark)).transpose()?;
            let logo = match logo {
                LogoChange::Keep => draft.from.branding.logo.clone(),
                LogoChange::Remove => None,
                LogoChange::Set(bytes) => Some(picture(bytes)?),
            };
            let next = Branding { accent, logo };
            note.set(json!({ "old": told(&draft.from.branding), "new": told(&next) }));
            draft.set(BRANDING, &next)?;
            draft.next.branding = Arc::new(next);
            Ok(())
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_standard() {
        let colour = |text: &str| Colour::try_from(text.to_owned()).unwrap();
        assert!((colour("#ffffff").contrast(colour("#000000")) - 21.0).abs() < 1e-9);
        assert!((colour("#767676").contrast(colour("#ffffff")) - 4.54).abs() < 0.01);
        // The house's own colours pass.
        accent("#1f5499", "#5b96e5").unwrap();
        assert!(accent("#f0a020", "#f0a020").is_err(), "orange is not readable on white");
        assert!(accent("#1f5499", "#1f5499").is_err(), "dark blue is not readable on a dark ground");
        assert!(accent("#1f5499", "#ff5050").is_err(), "what the dark theme makes of it is not readable");
        assert!(accent("red", "#5b96e5").is_err());
    }

    #[test]
    fn a_picture_is_known_by_its_content() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend([0, 0, 0, 64, 0, 0, 0, 32]);
        assert_eq!(looked_at(&png), Some(("image/png", 64, 32)));
        let jpeg = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0, 20, 0, 30];
        assert_eq!(looked_at(&jpeg), Some(("image/jpeg", 30, 20)));
        let mut webp = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0".to_vec();
        webp.extend([99, 0, 0, 49, 0, 0]);
        assert_eq!(looked_at(&webp), Some(("image/webp", 100, 50)));
        for bad in [&b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..], b"GIF89a", b"", &[0xff, 0xd8, 0xff, 0xff]] {
            assert_eq!(looked_at(bad), None);
        }
    }
}
