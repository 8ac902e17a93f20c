//! The folder that planned reports are put into.
//!
//! A report that is about to be kept leaves an empty marker for each file, `.<file>.<report>.wanted`. What a marker asks for is printed
//! from the kept report beside it (`.part`), told to the log, and then given its name in one step; then the marker goes. So nobody finds
//! half a file, and after a crash what was begun is done again. A marker whose report is not there is of an attempt that failed.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use access::path::Refusal;
use api::language::Language;
use govern::{Period, Report};
use model::{ReportId, UnixMs};
use store::documents::{NotPrinted, Printed};
use store::reports::{FileFormat, ReportPlan};

const WANTED: &str = ".wanted";
/// Markers looked at in a round: others may write here too.
const MOST: usize = 1000;

/// Where they are put.
pub struct Folder(pub PathBuf);

/// A file that is to be given.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wanted {
    name: String,
    report: ReportId,
    format: FileFormat,
    language: &'static str,
}

impl Wanted {
    fn marker(&self) -> String {
        format!(".{}.{}{WANTED}", self.name, self.report)
    }

    /// The file that a marker asks for; `None` if it is none of ours.
    fn of(marker: &str) -> Option<Self> {
        let (name, report) = marker.strip_prefix('.')?.strip_suffix(WANTED)?.rsplit_once('.')?;
        let (stem, format) = name.rsplit_once('.')?;
        let (_, language) = stem.rsplit_once('.')?;
        let language = ["zh", "en"].into_iter().find(|l| *l == language)?;
        let format = FileFormat::by_name(format)?;
        Some(Self { name: name.to_owned(), report: report.parse().ok()?, format, language })
    }
}

/// A new file that others of the group may read. What stood there before, a link too, is taken away.
fn create(path: &Path) -> io::Result<fs::File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    OpenOptions::new().write(true).create_new(true).mode(0o640).open(path)
}

fn written(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

impl Folder {
    /// Leaves a marker for each file that the plan wants of this report.
    pub fn mark(&self, plan: &ReportPlan, report: ReportId, period: Period, language: &'static str) {
        for &format in &plan.folder {
            let unit = period.unit.as_str();
            let name = format!("whosaw-{}-{unit}-{}.{language}.{}", plan.id, period.first, format.as_str());
            let marker = Wanted { name, report, format, language }.marker();
            if let Err(error) = create(&self.0.join(&marker)) {
                tracing::error!(%error, marker, "a planned report will be made, and no file of it put into the folder");
            }
        }
    }

    fn wanted(&self) -> io::Result<Vec<Wanted>> {
        let mut all = vec![];
        for entry in fs::read_dir(&self.0)? {
            if let Some(wanted) = entry?.file_name().to_str().and_then(Wanted::of) {
                all.push(wanted);
            }
            if all.len() == MOST {
                break;
            }
        }
        Ok(all)
    }

    /// Gives what was marked. What cannot be given now is tried again in the next round.
    pub async fn give_all(&self, store: &store::Store, now: UnixMs) {
        let wanted = match self.wanted() {
            Ok(wanted) => wanted,
            Err(error) => return tracing::error!(%error, "the folder for reports cannot be read"),
        };
        for wanted in wanted {
            let name = wanted.name.clone();
            match self.give(store, wanted, now).await {
                Ok(true) => tracing::info!(name, "a report was put into the folder"),
                Ok(false) => {}
                Err(error) => tracing::error!(%error, name, "a report was not put into the folder; it is tried again"),
            }
        }
    }

    async fn give(&self, store: &store::Store, wanted: Wanted, now: UnixMs) -> anyhow::Result<bool> {
        let marker = self.0.join(wanted.marker());
        let part = marker.with_extension("part");
        let aside = part.clone();
        let Wanted { name, report, format, language } = wanted;
        let print = move |kept: &Report, body: Vec<u8>| -> Result<Printed, NotPrinted> {
            let language = if language == "en" { Language::En } else { Language::Zh };
            let printed = api::routes::reports::print_report(format, kept, body, language)?;
            written(&aside, &printed.bytes).map_err(|error| NotPrinted::Broken(error.to_string()))?;
            Ok(printed)
        };
        let given = match store.print_for_folder(report, (format, language), print, now).await {
            // It would be printed again and again, and be too long each time.
            Err(error @ Refusal::Barred { .. }) => {
                tracing::error!(%error, name, "a report is not put into the folder in this format");
                false
            }
            given => given?,
        };
        if given {
            fs::rename(&part, self.0.join(name))?;
        }
        fs::remove_file(&marker)?;
        Ok(given)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_tells_what_it_asks_for_and_nothing_else_is_one() {
        let report = ReportId::from_bytes([7; 16]);
        let name = "whosaw-monthly-month-2026-10-01.zh.pdf".to_owned();
        let wanted = Wanted { name, report, format: FileFormat::Pdf, language: "zh" };
        assert_eq!(Wanted::of(&wanted.marker()), Some(wanted));
        for other in [
            "whosaw.pdf",
            ".x.wanted",
            ".a.zh.pdf.not-an-id.wanted",
            ".a.fr.pdf.07070707-0707-0707-0707-070707070707.wanted",
        ] {
            assert_eq!(Wanted::of(other), None, "{other}");
        }
    }
}
