//! Search 搜索: candidates by blind tokens, fetched, opened and compared.
//!
//! Rule: a search by a field reaches only rows where the caller may read that field, and a candidate shows nothing until
//! its opened value was compared. A search that would have to open too many says so instead of leaving some out.

use std::collections::BTreeSet;

use access::engine::BoundFilter;
use access::path::{Grant, OnRecords, Refusal};
use model::object::Search;
use model::{FieldDef, FieldLevel, StoredRow};

use super::fetch::broken;
use super::list::{ListRecords, Prepared, narrow};
use super::statements::SEGMENT;
use crate::sql::Sql;
use crate::{Dialect, Query, Store, row};

/// Most candidates of a search that are opened and compared.
const MAX_CANDIDATES: usize = 500;
/// A token of more records than this is common.
const COMMON: i64 = 20_000;

/// Tokens are at most 63 bits wide.
fn int(token: u64) -> i64 {
    i64::try_from(token).unwrap_or(i64::MAX)
}

impl Store {
    /// Candidates by blind tokens, opened and compared. Newest first.
    pub(super) async fn search<O: OnRecords>(
        &self,
        grant: &Grant<O>,
        p: &Prepared,
        q: &ListRecords,
        term: &str,
    ) -> Result<Vec<StoredRow>, Refusal> {
        if q.sort.is_some() || q.cursor.is_some() {
            return Err(Refusal::invalid("search", "invalid_value", "a search has its own order and one page"));
        }
        let chars = term.trim().chars().count();
        if !(2..=100).contains(&chars) {
            return Err(Refusal::invalid("search", "invalid_value", "a search has 2 to 100 characters"));
        }
        let mut rows: Vec<StoredRow> = vec![];
        let mut seen = BTreeSet::new();
        for def in p.object.fields.iter().filter(|f| f.search != Search::None) {
            let readable = grant.field_filters(def.name.as_str(), FieldLevel::ReadOnly);
            if readable.iter().any(BoundFilter::is_never) {
                continue;
            }
            let tokens = grant.search_tokens(&p.object, def, term);
            if tokens.is_empty() {
                continue;
            }
            let mut matching = vec![];
            for candidate in self.candidates(grant, p, q, def, &readable, &tokens).await? {
                if !seen.contains(&candidate.id) && grant.matches(&candidate, def, term)? {
                    matching.push(candidate);
                }
            }
            self.add_members(&mut matching, grant.now()).await?;
            // SQL believes a share that was made up beside the program; nobody may ask by one whether a sealed value is this.
            matching.retain(|row| p.filters.iter().chain(&readable).all(|f| f.allows(row)));
            seen.extend(matching.iter().map(|row| row.id));
            rows.extend(matching);
        }
        rows.sort_by_key(|row| std::cmp::Reverse((row.updated_at, row.id)));
        Ok(rows)
    }

    async fn candidates<O: OnRecords>(
        &self,
        grant: &Grant<O>,
        p: &Prepared,
        q: &ListRecords,
        def: &FieldDef,
        readable: &[BoundFilter],
        tokens: &[u64],
    ) -> Result<Vec<StoredRow>, Refusal> {
        let segments = self.segments().await?;
        let postings = |sql: &mut Sql, token: u64| {
            sql.push("SELECT b.segment, b.record FROM blind b WHERE b.object = ").bind(p.object.name.as_str());
            sql.push(" AND b.field = ").bind(def.name.as_str()).push(&segments);
            sql.push(" AND b.token = ").bind(int(token));
        };
        let counted = self.counted(tokens, postings).await?;
        let Some((_, lead)) = counted.first().copied().filter(|(n, _)| *n > 0) else { return Ok(vec![]) };
        // Records that have all of the rarer tokens are found in the index alone, before any record is read. A common one
        // ("有限") would walk through every customer: those that are left are asked whether they have it.
        let is_rare = |n: i64, token: u64| n <= COMMON || token == lead;
        let rare = counted.iter().filter(|(n, token)| is_rare(*n, *token));
        let common = counted.iter().filter(|(n, token)| !is_rare(*n, *token));
        let mut sql = Sql::new(self.db.dialect(), "SELECT ");
        sql.push(&row::select(&p.object)).push(" FROM (");
        for (n, (_, token)) in rare.enumerate() {
            sql.push(if n > 0 { " INTERSECT " } else { "" });
            postings(&mut sql, *token);
        }
        sql.push(") c JOIN record r ON r.id = c.record LEFT JOIN data_key k ON k.customer = r.customer");
        sql.push(" WHERE r.object = ").bind(p.object.name.as_str());
        for (_, token) in common {
            sql.push(" AND EXISTS (SELECT 1 FROM blind o WHERE o.object = ").bind(p.object.name.as_str());
            sql.push(" AND o.field = ").bind(def.name.as_str());
            sql.push(" AND o.segment = c.segment AND o.record = c.record AND o.token = ").bind(int(*token)).push(")");
        }
        sql.and_filters(readable, &p.object, grant.now());
        narrow(&mut sql, p, q, grant.now());
        sql.push(" LIMIT ").bind(i64::try_from(MAX_CANDIDATES).unwrap_or(i64::MAX) + 1);
        let found = self.read(sql.finish()).await?;
        if found.len() > MAX_CANDIDATES {
            // Said plainly: an answer cut short would look like "there is no other".
            return Err(Refusal::invalid(
                "search",
                "search_too_broad",
                "too many records match; search for more of the name",
            ));
        }
        found.iter().map(|r| row::read(r, &p.object, self.seals()).map_err(broken)).collect()
    }

    /// Records of the object type that may hold a value with these tokens, whoever may see them: for duplicates. They MUST be
    /// opened and compared, and nothing of them shown.
    pub(super) async fn holders(
        &self,
        object: &model::ObjectType,
        def: &FieldDef,
        tokens: &[u64],
        now: model::UnixMs,
    ) -> Result<Vec<StoredRow>, Refusal> {
        let segments = self.segments().await?;
        let postings = |sql: &mut Sql, token: u64| {
            sql.push("SELECT b.segment, b.record FROM blind b WHERE b.object = ").bind(object.name.as_str());
            sql.push(" AND b.field = ").bind(def.name.as_str()).push(&segments);
            sql.push(" AND b.token = ").bind(int(token));
        };
        let counted = self.counted(tokens, postings).await?;
        // The rarest few are enough: the candidates are compared anyway.
        let rare: Vec<u64> = counted.iter().take(4).map(|(_, token)| *token).collect();
        if rare.is_empty() || counted.first().is_none_or(|(n, _)| *n == 0) {
            return Ok(vec![]);
        }
        let mut sql = Sql::new(self.db.dialect(), "SELECT ");
        sql.push(&row::select(object)).push(" FROM (");
        for (n, token) in rare.iter().enumerate() {
            sql.push(if n > 0 { " INTERSECT " } else { "" });
            postings(&mut sql, *token);
        }
        sql.push(") c JOIN record r ON r.id = c.record LEFT JOIN data_key k ON k.customer = r.customer");
        sql.push(" WHERE r.object = ").bind(object.name.as_str());
        sql.push(" LIMIT ").bind(i64::try_from(MAX_CANDIDATES).unwrap_or(i64::MAX));
        let found = self.read(sql.finish()).await?;
        let mut rows =
            found.iter().map(|r| row::read(r, object, self.seals()).map_err(broken)).collect::<Result<Vec<_>, _>>()?;
        self.add_members(&mut rows, now).await?;
        Ok(rows)
    }

    /// How many records have each token, the rarest first; counted to a little beyond [`COMMON`].
    async fn counted(&self, tokens: &[u64], postings: impl Fn(&mut Sql, u64)) -> Result<Vec<(i64, u64)>, Refusal> {
        let mut counted = Vec::with_capacity(tokens.len());
        for token in tokens {
            let mut sql = Sql::new(self.db.dialect(), "SELECT COUNT(*) FROM (");
            postings(&mut sql, *token);
            sql.push(" LIMIT ").bind(COMMON + 1).push(") x");
            let rows = self.read(sql.finish()).await?;
            counted.push((rows.first().map(|r| r.int(0)).transpose().map_err(broken)?.unwrap_or(0), *token));
        }
        counted.sort_unstable();
        Ok(counted)
    }

    /// The condition that names every segment of the blind index, so that each is looked into at the token's place. Rounded up,
    /// so that the statement stays the same for a while.
    async fn segments(&self) -> Result<String, Refusal> {
        if self.db.dialect() == Dialect::Postgres {
            return Ok(" AND b.segment = 0".to_owned());
        }
        let last = self.newest_segment().await? | 15;
        let all: Vec<String> = (0..=last).map(|n| n.to_string()).collect();
        Ok(format!(" AND b.segment IN ({})", all.join(", ")))
    }

    /// The segment of the blind index to which records made now belong; those of PostgreSQL are all in one.
    pub(super) async fn newest_segment(&self) -> Result<i64, Refusal> {
        if self.db.dialect() == Dialect::Postgres {
            return Ok(0);
        }
        let newest = self.read(Query::point("SELECT COALESCE(MAX(seq), 0) FROM record", vec![])).await?;
        let newest = newest.first().map(|r| r.int(0)).transpose().map_err(broken)?.unwrap_or(0);
        Ok(newest / SEGMENT)
    }
}
