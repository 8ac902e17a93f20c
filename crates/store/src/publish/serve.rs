//! Reading the published log straight from the database: what `/ledger/…` answers. It holds no personal data.

use ledger::proof::{ProveError, TileHashes, prove_inclusion};
use ledger::source::{CHECKPOINT_PATH, VKEY_PATH};
use ledger::tile::{FULL_WIDTH, TileLevel};
use ledger::{Hash, TilePath};
use model::UnixMs;

use super::{PublishError, Publisher, Signed, Tiles};

impl Publisher {
    /// A tile of hashes: `partial` is its width if it is not full. `None` where the log has none of that width.
    ///
    /// # Errors
    /// The database cannot be read; here and below.
    pub async fn tile(&self, level: u8, index: u64, partial: Option<u16>) -> Result<Option<Vec<u8>>, PublishError> {
        self.at(TileLevel::Hashes(level), index, partial).await
    }

    /// A bundle of entries.
    ///
    /// # Errors
    /// As [`Publisher::tile`].
    pub async fn entries(&self, index: u64, partial: Option<u16>) -> Result<Option<Vec<u8>>, PublishError> {
        self.at(TileLevel::Entries, index, partial).await
    }

    /// The newest signed note, verbatim. Signed by a key that is not ours, it is not shown.
    ///
    /// # Errors
    /// As [`Publisher::tile`], or the stored note is not one of this log.
    pub async fn checkpoint(&self) -> Result<Option<String>, PublishError> {
        Ok(self.newest().await?.map(|s| s.note))
    }

    /// Any file of the published log by its path: `checkpoint`, `log.vkey`, `tile/0/x001/234.p/5`, `tile/entries/000`.
    ///
    /// # Errors
    /// As [`Publisher::tile`].
    pub async fn file(&self, path: &str) -> Result<Option<Vec<u8>>, PublishError> {
        match path {
            CHECKPOINT_PATH => Ok(self.checkpoint().await?.map(String::into_bytes)),
            VKEY_PATH => Ok(Some(format!("{}\n", self.verifier()).into_bytes())),
            path => match path.parse::<TilePath>() {
                Ok(path) => Ok(self.rows.tile(&path).await?),
                Err(_) => Ok(None),
            },
        }
    }

    async fn at(&self, level: TileLevel, index: u64, width: Option<u16>) -> Result<Option<Vec<u8>>, PublishError> {
        match TilePath::new(level, index, width.unwrap_or(FULL_WIDTH)) {
            Ok(path) => Ok(self.rows.tile(&path).await?),
            Err(_) => Ok(None),
        }
    }

    /// The newest checkpoint that covers at least `size` entries; publishes first where there is none.
    pub(crate) async fn covering(&self, size: u64, now: UnixMs) -> Result<Signed, PublishError> {
        for _ in 0..2 {
            match self.newest().await? {
                Some(signed) if signed.checkpoint.size >= size => return Ok(signed),
                _ => self.publish_once(now).await?,
            };
        }
        Err(PublishError::Damaged(format!("no checkpoint covers {size} entries")))
    }

    /// Proof that entry `index` stands in the tree of `size`.
    pub(crate) async fn prove(&self, tiles: &Tiles, index: u64, size: u64) -> Result<Vec<Hash>, PublishError> {
        let proved =
            self.rows.with_tiles(tiles, |tiles| prove_inclusion(&TileHashes::new(tiles, size), index, size)).await?;
        tiles.shrink();
        proved.map_err(|e: ProveError<_>| PublishError::Damaged(e.to_string()))
    }
}
