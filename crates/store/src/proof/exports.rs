//! Exports held against what the log tells: their rows, the keys of their files, and the files themselves.

use std::collections::HashMap;

use access::path::{Param, Refusal};

use super::check::{Against, PAGE, StateReport};
use super::replay::Id;
use super::tables::EXPORT_FILE;
use crate::Store;
use crate::database::Query;
use crate::exports::{part_opens, read_key};
use crate::records::broken;

/// What a row says of its file.
struct Says {
    ready: bool,
    parts: i64,
    key: Option<vault::DataKey>,
}

impl Store {
    pub(super) async fn check_exports(&self, against: &Against<'_>, report: &mut StateReport) -> Result<(), Refusal> {
        let mut there: HashMap<Id, Says> = HashMap::new();
        for row in &self.sealed_rows(&EXPORT_FILE, "", report).await? {
            let id = row.id(0).map_err(broken)?;
            let (state, version) = (row.text(6).map_err(broken)?, row.int(7).map_err(broken)?);
            match against.told.files.get(&id) {
                Some(told) if told.version == version => {}
                None if against.excused(row.time(3).map_err(broken)?) => {}
                Some(_) => report.add(EXPORT_FILE.name, EXPORT_FILE.key(row), "version"),
                None => report.add(EXPORT_FILE.name, EXPORT_FILE.key(row), "not_on_record"),
            }
            let says = Says { ready: state == "ready", parts: row.int(10).map_err(broken)?, key: None };
            there.insert(id, says);
        }
        for id in against.told.files.keys().filter(|id| !there.contains_key(*id)) {
            report.add(EXPORT_FILE.name, &[Param::Bytes(id.to_vec())], "missing");
        }
        for row in self.read(Query::new("SELECT id, kek_version, wrapped FROM export_key", vec![])).await? {
            report.rows += 1;
            let opened = read_key(&row)
                .ok()
                .and_then(|(id, wrapped)| Some((id, self.gate().recorder().export_keys().open(id, &wrapped).ok()?)));
            let wanted = |id: &Id| against.told.files.get(id).is_some_and(|told| told.has_key);
            match opened {
                Some((id, key)) if wanted(id.as_bytes()) => {
                    if let Some(says) = there.get_mut(id.as_bytes()) {
                        says.key = Some(key);
                    }
                }
                Some(_) => report.add("export_key", row.0.get(..1).unwrap_or_default(), "not_on_record"),
                None => report.add("export_key", row.0.get(..1).unwrap_or_default(), "key"),
            }
        }
        for (id, told) in &against.told.files {
            if told.has_key && there.get(id).is_some_and(|says| says.key.is_none()) {
                report.add("export_key", &[Param::Bytes(id.to_vec())], "missing");
            }
        }
        self.check_parts(&there, report).await
    }

    /// Parts of files that can be taken open at their places and are all there. What is left of one that cannot is swept.
    async fn check_parts(&self, there: &HashMap<Id, Says>, report: &mut StateReport) -> Result<(), Refusal> {
        let mut found: HashMap<Id, i64> = HashMap::new();
        let mut after = (vec![], -1);
        loop {
            let sql = format!(
                "SELECT file, n, body FROM export_part WHERE (file, n) > (?1, ?2) ORDER BY file, n LIMIT {}",
                PAGE / 50
            );
            let rows = self.read(Query::new(sql, vec![after.0.clone().into(), after.1.into()])).await?;
            let Some(last) = rows.last() else { break };
            after = (last.bytes(0).map_err(broken)?.to_vec(), last.int(1).map_err(broken)?);
            for row in &rows {
                report.rows += 1;
                let (id, n) = (row.id(0).map_err(broken)?, row.int(1).map_err(broken)?);
                let at = row.0.get(..2).unwrap_or_default();
                match there.get(&id) {
                    None => report.add("export_part", at, "not_on_record"),
                    Some(Says { key: Some(key), parts, .. }) => {
                        if n >= *parts || !part_opens(key, id, n, row.bytes(2).map_err(broken)?) {
                            report.add("export_part", at, "part");
                        }
                        *found.entry(id).or_default() += 1;
                    }
                    Some(_) => {}
                }
            }
        }
        for (id, says) in there.iter().filter(|(_, says)| says.ready && says.key.is_some()) {
            if found.get(id).copied().unwrap_or(0) != says.parts {
                report.add("export_part", &[Param::Bytes(id.to_vec())], "missing");
            }
        }
        Ok(())
    }
}
