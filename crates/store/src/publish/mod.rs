//! The publisher: signs checkpoints of the ledger and shows the log to the world as C2SP tlog-tiles.
//!
//! Rule: it signs only what it has rebuilt itself from leaves and tiles and found to continue everything it signed before,
//! also according to the folder outside the database. A database that was rolled back, forked or edited is not signed.
//!
//! ```text
//! let publisher = Publisher::new(db, key, Some("data/ledger".into()));
//! publisher.check_head(&[]).await?;              // at start: is this the log that was signed before?
//! publisher.publish_once(now).await?;            // every second, when the log has grown
//! publisher.file("tile/0/000").await?;           // what /ledger/… answers, straight from the database
//! ```

mod folder;
mod rows;
mod scrub;
mod serve;

pub use scrub::{LogScrub, ScrubFinding};

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use access::path::{Change, JournalError};
use ledger::checkpoint::CheckpointError;
use ledger::log_check::{Continuity, check_continuity};
use ledger::proof::{TileHashes, check_consistency, prove_consistency};
use ledger::tile::{FULL_WIDTH, TileLevel};
use ledger::{Appender, Checkpoint, SigningKey, TilePath, TreeState, VerifierKey};
use model::UnixMs;

use crate::{Database, DatabaseError, Query};
use folder::Folder;
use rows::LEAVES;
pub(crate) use rows::{LedgerRows, Tiles, int};

/// One checkpoint of each such span is kept; those between are replaced by the next.
const KEPT_EVERY_MS: i64 = 600_000;

/// Why nothing was signed or published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    #[error(transparent)]
    Database(#[from] DatabaseError),
    #[error("the checkpoint could not be stored: {0}")]
    Journal(#[from] JournalError),
    /// An older copy of the database: what was signed since is missing.
    #[error("the database has {have} ledger entries, but a checkpoint of {known} was signed: it is an older copy")]
    Behind { have: u64, known: u64 },
    #[error("the ledger contradicts the checkpoint of {size} entries that was signed before: it is another history")]
    Forked { size: u64 },
    #[error("the ledger is damaged: {0}")]
    Damaged(String),
    #[error("{path}: {error}")]
    Folder { path: PathBuf, error: std::io::Error },
    #[error("{0} was published with other content")]
    FolderDiffers(PathBuf),
    #[error("a checkpoint: {0}")]
    Checkpoint(#[from] CheckpointError),
}

impl PublishError {
    /// Whether it says that history was changed, rather than that something cannot be reached just now.
    pub fn is_tampering(&self) -> bool {
        matches!(self, Self::Behind { .. } | Self::Forked { .. } | Self::Damaged(_) | Self::FolderDiffers(_))
    }
}

/// What a round of publishing did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// Entries of the newest signed checkpoint; 0 where nothing was ever signed.
    pub size: u64,
    /// Whether a new checkpoint was signed.
    pub changed: bool,
}

/// The newest signed checkpoint and where the log stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub signed: Option<Checkpoint>,
    /// Entries of the log, at least as many as were signed.
    pub size: u64,
}

/// A checkpoint and its note, verbatim.
#[derive(Debug, Clone)]
pub(crate) struct Signed {
    pub(crate) checkpoint: Checkpoint,
    pub(crate) note: String,
}

/// Signs and publishes one log.
pub struct Publisher {
    rows: LedgerRows,
    key: SigningKey,
    trusted: Vec<VerifierKey>,
    folder: Option<Folder>,
    work: tokio::sync::Mutex<Option<Work>>,
}

/// What the publisher has rebuilt so far.
struct Work {
    appender: Appender,
    signed: Option<Signed>,
    /// Entries whose tiles are all in the folder.
    in_folder: u64,
}

impl Publisher {
    /// `key` carries the log's origin as its name. Without a folder the log is served from the database alone, and a
    /// rollback of the database is noticed only by who kept a checkpoint.
    pub fn new(db: Arc<dyn Database>, key: SigningKey, folder: Option<PathBuf>) -> Self {
        let trusted = vec![key.verifier().clone()];
        Self { rows: LedgerRows(db), key, trusted, folder: folder.map(Folder), work: tokio::sync::Mutex::new(None) }
    }

    /// Believes checkpoints of these keys too: those the log was signed with before its key was changed.
    #[must_use]
    pub fn with_former_keys(mut self, keys: impl IntoIterator<Item = VerifierKey>) -> Self {
        self.trusted.extend(keys);
        self
    }

    /// The key the log is signed with: `log.vkey`.
    pub fn verifier(&self) -> &VerifierKey {
        self.key.verifier()
    }

    /// Compares state, tiles, leaves at the edge and every checkpoint known: those stored, the folder's, and `external`
    /// notes kept elsewhere. To be called before the first answer is given.
    ///
    /// # Errors
    /// [`PublishError::Behind`], [`PublishError::Forked`] or [`PublishError::Damaged`]: nothing may be served.
    pub async fn check_head(&self, external: &[String]) -> Result<Head, PublishError> {
        let work = self.start(external).await?;
        let head = Head { signed: work.signed.as_ref().map(|s| s.checkpoint.clone()), size: work.appender.size() };
        *self.work.lock().await = Some(work);
        Ok(head)
    }

    /// Signs a checkpoint if the log has grown, and publishes it. Doing it twice does nothing more.
    ///
    /// # Errors
    /// Nothing was signed, or it was signed and not wholly published: the next round goes on from there.
    pub async fn publish_once(&self, now: UnixMs) -> Result<Published, PublishError> {
        let mut slot = self.work.lock().await;
        let mut work = match slot.take() {
            Some(work) => work,
            None => self.start(&[]).await?,
        };
        // After an error the work is gone, and the next round rebuilds it from what is stored.
        let published = self.round(&mut work, now).await?;
        *slot = Some(work);
        Ok(published)
    }

    async fn start(&self, external: &[String]) -> Result<Work, PublishError> {
        let signed = self.newest().await?;
        let state = self.rows.state().await?;
        let appender = self.restore(state).await?;
        let in_folder = match &self.folder {
            None => None,
            Some(folder) => folder.read("checkpoint")?.map(|bytes| self.open_bytes(&bytes)).transpose()?,
        };
        let external = external.iter().map(|note| self.open(note)).collect::<Result<Vec<_>, _>>()?;
        let known = signed.iter().chain(&in_folder).chain(&external);
        for known in known {
            self.check_continues(&known.checkpoint, &appender).await?;
        }
        let folder_size = in_folder.as_ref().map_or(0, |s| s.checkpoint.size);
        let mut all: Vec<Signed> = signed.into_iter().chain(in_folder).chain(external).collect();
        all.sort_by_key(|s| s.checkpoint.size);
        // A checkpoint of another signer of the same log (a former key) is known, but the next one is signed anew.
        Ok(Work { appender, signed: all.pop(), in_folder: folder_size })
    }

    /// Holds every stored checkpoint against its signature and the log; the sizes of those that are not the log's.
    ///
    /// # Errors
    /// The database cannot be read, or the log itself is damaged.
    pub async fn check_checkpoints(&self) -> Result<Vec<i64>, PublishError> {
        let appender = self.restore(self.rows.state().await?).await?;
        let mut wrong = vec![];
        for row in
            self.rows.0.read(Query::new("SELECT size, note FROM ledger_checkpoint ORDER BY size", vec![])).await?
        {
            let size = row.int(0)?;
            let good = match self.open(row.text(1)?) {
                Ok(signed) if int(signed.checkpoint.size) == size => {
                    self.check_continues(&signed.checkpoint, &appender).await.is_ok()
                }
                _ => false,
            };
            if !good {
                wrong.push(size);
            }
        }
        Ok(wrong)
    }

    /// Holds every file of the published folder against the log; the names of those that are missing or not the log's.
    ///
    /// # Errors
    /// The database or the folder cannot be read.
    pub async fn check_folder(&self) -> Result<Vec<String>, PublishError> {
        let Some(folder) = &self.folder else { return Ok(vec![]) };
        let mut wrong = vec![];
        // A server that publishes meanwhile replaces unfinished tiles; then it is looked at again.
        for _ in 0..5 {
            let head = folder.read("checkpoint")?;
            wrong = self.check_folder_of(folder, head.as_deref()).await?;
            if wrong.is_empty() || folder.read("checkpoint")? == head {
                break;
            }
        }
        Ok(wrong)
    }

    async fn check_folder_of(&self, folder: &Folder, head: Option<&[u8]>) -> Result<Vec<String>, PublishError> {
        let Some(head) = head else {
            let published = self.newest().await?.is_some();
            return Ok(if published { vec!["checkpoint".to_owned()] } else { vec![] });
        };
        let Ok(signed) = self.open_bytes(head) else { return Ok(vec!["checkpoint".to_owned()]) };
        let size = signed.checkpoint.size;
        let mut wrong = vec![];
        let key = format!("{}\n", self.key.verifier());
        if folder.read("log.vkey")?.as_deref() != Some(key.as_bytes()) {
            wrong.push("log.vkey".to_owned());
        }
        // What must be there, and what else there is: an unfinished tile of before is as true as a full one.
        let mut names: BTreeSet<String> = TilePath::all(size).map(|path| path.to_string()).collect();
        names.extend(folder.tiles()?.into_iter().filter(|name| !name.ends_with(".part")));
        for name in names {
            let Ok(path) = name.parse::<TilePath>() else {
                wrong.push(name);
                continue;
            };
            let stored = self.rows.tile(&path).await?;
            if stored.is_none() || folder.read(&name)? != stored {
                wrong.push(name);
            }
        }
        Ok(wrong)
    }

    /// The newest checkpoint in the database.
    pub(crate) async fn newest(&self) -> Result<Option<Signed>, PublishError> {
        let sql = "SELECT note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1";
        let rows = self.rows.0.read(Query::point(sql, vec![])).await?;
        rows.first().map(|row| self.open(row.text(0)?)).transpose()
    }

    fn open(&self, note: &str) -> Result<Signed, PublishError> {
        let checkpoint = Checkpoint::open(note, &self.trusted)?;
        if checkpoint.origin != self.key.verifier().name() {
            return Err(CheckpointError::OtherOrigin { origin: checkpoint.origin }.into());
        }
        Ok(Signed { checkpoint, note: note.to_owned() })
    }

    fn open_bytes(&self, bytes: &[u8]) -> Result<Signed, PublishError> {
        self.open(std::str::from_utf8(bytes).map_err(|_| CheckpointError::Malformed)?)
    }

    /// Rebuilds the right edge from tiles and leaves and holds it against the recorded state.
    async fn restore(&self, state: TreeState) -> Result<Appender, PublishError> {
        let full = u64::from(FULL_WIDTH);
        let size = state.size();
        let tiles = Tiles::default();
        let mut below = size / full;
        for level in 0_u8.. {
            if below == 0 {
                break;
            }
            for (n, bytes) in self.rows.full_tiles(level, below - below % full, below).await? {
                let path = TilePath::new(TileLevel::Hashes(level), n, FULL_WIDTH);
                tiles.put(path.map_err(|e| PublishError::Damaged(e.to_string()))?, bytes);
            }
            below /= full;
        }
        let edge = self.rows.leaves(size - size % full, size % full).await?;
        Appender::restore(state, &tiles, edge).map_err(|e| PublishError::Damaged(e.to_string()))
    }

    /// Whether the log as rebuilt goes on from `known`.
    async fn check_continues(&self, known: &Checkpoint, appender: &Appender) -> Result<(), PublishError> {
        let newer = Checkpoint { origin: known.origin.clone(), size: appender.size(), root: appender.tree().root() };
        if known.size > newer.size {
            return Err(PublishError::Behind { have: newer.size, known: known.size });
        }
        let tiles = edge_tiles(appender);
        let found = self
            .rows
            .with_tiles(&tiles, |tiles| check_continuity(&TileHashes::new(tiles, newer.size), known, &newer))
            .await?;
        match found.map_err(|e| PublishError::Damaged(e.to_string()))? {
            Continuity::Continues => Ok(()),
            Continuity::RolledBack => Err(PublishError::Behind { have: newer.size, known: known.size }),
            Continuity::Forked => Err(PublishError::Forked { size: known.size }),
            Continuity::BadHashes => Err(PublishError::Damaged("the tiles do not give the recorded root".into())),
        }
    }

    async fn round(&self, work: &mut Work, now: UnixMs) -> Result<Published, PublishError> {
        let fresh = self.grow(work).await?;
        let size = work.appender.size();
        let signed_size = work.signed.as_ref().map_or(0, |s| s.checkpoint.size);
        if size == 0 {
            return Ok(Published { size: 0, changed: false });
        }
        let changed = size > signed_size;
        if changed {
            let root = work.appender.tree().root();
            if let Some(before) = &work.signed {
                self.prove_continuation(&before.checkpoint, &work.appender).await?;
            }
            let checkpoint = Checkpoint::new(self.key.verifier().name(), size, root)?;
            let note = checkpoint.sign(&self.key)?;
            self.write_tiles(work, fresh).await?;
            // Tiles before the signed head: a crash here leaves tiles that nobody has been pointed to.
            self.store(&note, work.signed.as_ref(), size, now).await?;
            work.signed = Some(Signed { checkpoint, note });
        } else {
            self.write_tiles(work, fresh).await?;
        }
        // The visible head last: a crash before leaves the older one, which stays true.
        self.write_head(work).await?;
        Ok(Published { size, changed })
    }

    /// Takes the leaves written since into the tree of our own, and holds state and tiles against it.
    async fn grow(&self, work: &mut Work) -> Result<BTreeMap<TilePath, Vec<u8>>, PublishError> {
        self.rows.0.caught_up().await;
        let state = self.rows.state().await?;
        let mut fresh = BTreeMap::new();
        if state.size() < work.appender.size() {
            return Err(PublishError::Behind { have: state.size(), known: work.appender.size() });
        }
        while work.appender.size() < state.size() {
            let from = work.appender.size();
            let leaves = self.rows.leaves(from, LEAVES.min(state.size() - from)).await?;
            if leaves.is_empty() {
                return Err(PublishError::Damaged(format!("leaf {from} is missing")));
            }
            let grown = work.appender.extend(&leaves).map_err(|e| PublishError::Damaged(e.to_string()))?;
            for tile in grown.tiles {
                if self.rows.tile(&tile.path).await?.as_ref() != Some(&tile.bytes) {
                    return Err(PublishError::Damaged(format!("{} is not what the leaves give", tile.path)));
                }
                fresh.insert(tile.path, tile.bytes);
            }
            fresh.extend(grown.bundles.into_iter().map(|b| (b.path, b.bytes)));
            if self.folder.is_none() {
                fresh.clear();
            }
        }
        if work.appender.tree() != &state {
            return Err(PublishError::Damaged("the leaves do not give the recorded root".into()));
        }
        Ok(fresh)
    }

    /// A consistency proof from the stored tiles, checked like an outsider would.
    async fn prove_continuation(&self, before: &Checkpoint, appender: &Appender) -> Result<(), PublishError> {
        let (size, root) = (appender.size(), appender.tree().root());
        if before.size == 0 {
            return Ok(());
        }
        let tiles = edge_tiles(appender);
        let proof = self
            .rows
            .with_tiles(&tiles, |tiles| prove_consistency(&TileHashes::new(tiles, size), before.size, size))
            .await?
            .map_err(|e| PublishError::Damaged(e.to_string()))?;
        check_consistency(before.size, &before.root, size, &root, &proof)
            .map_err(|_| PublishError::Forked { size: before.size })
    }

    async fn store(&self, note: &str, before: Option<&Signed>, size: u64, now: UnixMs) -> Result<(), PublishError> {
        let mut changes = vec![Change::new(
            "INSERT INTO ledger_checkpoint (size, note, at) VALUES (?1, ?2, ?3) ON CONFLICT (size) DO NOTHING",
            vec![int(size).into(), note.into(), now.into()],
        )];
        if let Some(before) = before {
            changes.push(Change::new(
                "DELETE FROM ledger_checkpoint WHERE size = ?1 AND at >= ?2",
                vec![int(before.checkpoint.size).into(), now.0.saturating_sub(now.0.rem_euclid(KEPT_EVERY_MS)).into()],
            ));
        }
        Ok(self.rows.0.maintain(changes).await?)
    }

    /// Writes every tile and bundle that the folder lacks for the tree as rebuilt.
    async fn write_tiles(&self, work: &mut Work, mut fresh: BTreeMap<TilePath, Vec<u8>>) -> Result<(), PublishError> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let (from, size) = (work.in_folder, work.appender.size());
        if from >= size {
            return Ok(());
        }
        let mut full = Vec::new();
        let mut files = Vec::new();
        let levels = std::iter::once((TileLevel::Entries, 8))
            .chain((0..8).map(|l| (TileLevel::Hashes(l), 8 * (u32::from(l) + 1))));
        for (level, shift) in levels {
            let span = |n: u64| n.checked_shr(shift).unwrap_or(0);
            for index in span(from)..span(size) {
                let Some(path) = TilePath::in_tree(size, level, index) else { break };
                let bytes = match fresh.remove(&path) {
                    Some(bytes) => bytes,
                    None => {
                        let read = self.rows.tile(&path).await?;
                        read.ok_or_else(|| PublishError::Damaged(format!("{path} is missing")))?
                    }
                };
                full.push(path.to_string());
                files.push((path.to_string(), bytes));
                // A folder that begins late, or was lost, is filled in parts.
                if files.len() >= 256 {
                    let part = std::mem::take(&mut files);
                    blocking(folder, move |folder| folder.write_all(&part)).await?;
                }
            }
        }
        for tile in work.appender.partial_tiles() {
            files.push((tile.path.to_string(), tile.bytes));
        }
        blocking(folder, move |folder| {
            folder.write_all(&files)?;
            folder.drop_partial(&full)
        })
        .await?;
        work.in_folder = size;
        Ok(())
    }

    async fn write_head(&self, work: &Work) -> Result<(), PublishError> {
        let (Some(folder), Some(signed)) = (&self.folder, &work.signed) else { return Ok(()) };
        let (note, key) = (signed.note.clone(), format!("{}\n", self.key.verifier()));
        blocking(folder, move |folder| {
            folder.replace("log.vkey", key.as_bytes())?;
            folder.replace("checkpoint", note.as_bytes())
        })
        .await
    }
}

/// Files are written where a thread may wait for the disk.
async fn blocking<T: Send + 'static>(
    folder: &Folder,
    work: impl FnOnce(&Folder) -> Result<T, PublishError> + Send + 'static,
) -> Result<T, PublishError> {
    let folder = folder.clone();
    tokio::task::spawn_blocking(move || work(&folder)).await.map_err(|e| PublishError::Damaged(e.to_string()))?
}

/// The unfinished tiles of the right edge, which are not in the database.
fn edge_tiles(appender: &Appender) -> Tiles {
    let tiles = Tiles::default();
    for tile in appender.partial_tiles() {
        tiles.put(tile.path, tile.bytes);
    }
    tiles
}
