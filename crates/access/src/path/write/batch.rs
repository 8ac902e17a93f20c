//! Many writes with one event: an import's chunk.

use model::{Disclosure, FieldLevel, FieldName, RecordId, StoredRow, Touch};

use super::super::grant::{Grant, record_failure, tell};
use super::super::journal::Change;
use super::super::operation::OnRecords;
use super::super::refusal::Refusal;
use super::super::sealed::Disclosed;
use super::{NewRecord, Places, Values, Written, missing};

/// Threads that seal a batch's records, and the fewest records worth one.
const MOST_THREADS: usize = 8;
const LEAST_SHARE: usize = 64;

impl<O: OnRecords> Grant<O> {
    /// Begins a write of many records with one event: an import's chunk.
    pub fn batch(self) -> Batch<O> {
        Batch { grant: self, touches: vec![], versions: vec![], disclosures: vec![], told: vec![] }
    }
}

/// Many writes that become durable together, with one event.
#[must_use = "a batch that is not committed leaves no record"]
pub struct Batch<O: OnRecords> {
    grant: Grant<O>,
    touches: Vec<Touch>,
    /// Of each touch the version its record has afterwards; 0 where the batch leaves it as it is.
    versions: Vec<i64>,
    disclosures: Vec<Disclosure>,
    told: Vec<(&'static str, serde_json::Value)>,
}

impl<O: OnRecords> Batch<O> {
    pub fn grant(&self) -> &Grant<O> {
        &self.grant
    }
    /// Checks and seals a new record of the batch.
    ///
    /// # Errors
    /// The refusal for this record; the batch goes on without it, and it is not recorded.
    pub fn create(&mut self, new: &NewRecord) -> Result<Places, Refusal> {
        let object = self.grant.object_type()?.clone();
        let (row, mut problems) = self.grant.new_row(&object, new);
        let written = Written { values: &new.values, given: &new.given, is_new: true };
        let (places, disclosure) = self.grant.check_and_seal(&object, &row, written, &mut problems)?;
        self.add(&row, row.version, disclosure);
        Ok(places)
    }
    /// Checks and seals new records of the batch, on all processors at once: sealing a record takes as long as writing it.
    /// The answers are in the records' order.
    ///
    /// # Errors
    /// As [`Batch::create`], for each.
    pub fn create_all(&mut self, new: &[NewRecord]) -> Vec<Result<Places, Refusal>> {
        let grant = &self.grant;
        let seal = |new: &NewRecord| -> Result<(StoredRow, Places, Disclosure), Refusal> {
            let object = grant.object_type()?;
            let (row, mut problems) = grant.new_row(object, new);
            let written = Written { values: &new.values, given: &new.given, is_new: true };
            let (places, disclosure) = grant.check_and_seal(object, &row, written, &mut problems)?;
            Ok((row, places, disclosure))
        };
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
        let share = new.len().div_ceil(threads).max(LEAST_SHARE);
        let (first, others) = new.split_at(share.min(new.len()));
        let sealed: Vec<_> = std::thread::scope(|scope| {
            let others: Vec<_> = others
                .chunks(share)
                .map(|part| (part.len(), scope.spawn(move || part.iter().map(seal).collect::<Vec<_>>())))
                .collect();
            let mut sealed: Vec<_> = first.iter().map(seal).collect();
            for (count, other) in others {
                // A thread that panicked has sealed nothing that is written.
                sealed.extend(
                    other
                        .join()
                        .unwrap_or_else(|_| std::iter::repeat_with(|| Err(Refusal::Damaged)).take(count).collect()),
                );
            }
            sealed
        });
        sealed
            .into_iter()
            .map(|made| {
                made.map(|(row, places, disclosure)| {
                    self.add(&row, row.version, disclosure);
                    places
                })
            })
            .collect()
    }
    /// Checks and seals a change of a stored record of the batch.
    ///
    /// # Errors
    /// As [`Batch::create`].
    pub fn change(&mut self, row: &StoredRow, values: &Values) -> Result<Places, Refusal> {
        self.change_giving(row, values, &Values::new())
    }
    /// As [`Self::change`], with what the house gives the record by the way.
    ///
    /// # Errors
    /// As [`Batch::create`].
    pub fn change_giving(&mut self, row: &StoredRow, values: &Values, given: &Values) -> Result<Places, Refusal> {
        let object = self.grant.object_type()?.clone();
        let mut problems = missing(&object, |f| values.get(&f.name).is_some_and(Option::is_none));
        let written = Written { values, given, is_new: false };
        let (places, disclosure) = self.grant.check_and_seal(&object, row, written, &mut problems)?;
        self.add(row, row.version.saturating_add(1), disclosure);
        Ok(places)
    }
    /// Whether a stored record holds exactly these values already, so that writing them would change nothing. Then the
    /// batch's event names it with these fields: whoever is told "unchanged" knows what it holds. A field that the caller
    /// may not write is never compared: the answer would tell a value that is hidden from them.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when stored data does not open.
    pub fn holds(&mut self, row: &StoredRow, values: &Values) -> Result<bool, Refusal> {
        let object = self.grant.object_type()?.clone();
        let verdict = self.grant.verdict(row);
        let levels = self.grant.levels(row);
        let editable = |name: &FieldName| {
            let at = object.fields.iter().position(|f| f.name == *name);
            at.and_then(|at| levels.get(at)).is_some_and(|l| *l == FieldLevel::Editable)
        };
        if !verdict.allowed || !values.keys().all(editable) || !self.grant.is_same(row, values)? {
            return Ok(false);
        }
        let shown = values.keys().cloned().collect();
        let disclosure = self.grant.touched(&object.name, row, shown);
        self.add(row, 0, disclosure);
        Ok(true)
    }
    /// Checks that the batch may do its act on a stored record that it takes away. What was taken away has no version.
    ///
    /// # Errors
    /// As [`Batch::create`].
    pub fn remove(&mut self, row: &StoredRow) -> Result<(), Refusal> {
        self.grant.check_row(row)?;
        let disclosure = self.grant.touched(self.grant.op.object(), row, vec![]);
        self.add(row, 0, disclosure);
        Ok(())
    }
    /// The batch's event tells this too: numbers and ids, no value.
    pub fn tells(&mut self, name: &'static str, value: serde_json::Value) {
        self.told.push((name, value));
    }
    /// Takes a record out of the batch and its event again: it will not be written.
    pub fn withdraw(&mut self, record: RecordId) {
        let mut kept = self.touches.iter().map(|t| t.record != record).collect::<Vec<_>>().into_iter();
        self.versions.retain(|_| kept.next().unwrap_or(true));
        self.touches.retain(|t| t.record != record);
    }
    /// Ends the batch without writing anything: the refusal of the whole, recorded.
    pub async fn refuse(self, refusal: Refusal) -> Refusal {
        self.grant.refuse(refusal).await
    }
    fn add(&mut self, row: &StoredRow, version: i64, disclosure: Disclosure) {
        let (record, customer) = (row.id, row.customer);
        self.versions.push(version);
        let at = self.disclosures.iter().position(|d| *d == disclosure).unwrap_or_else(|| {
            self.disclosures.push(disclosure);
            self.disclosures.len() - 1
        });
        self.touches.push(Touch { record, customer, disclosure: u16::try_from(at).unwrap_or(u16::MAX) });
    }
    pub fn len(&self) -> usize {
        self.touches.len()
    }
    pub fn is_empty(&self) -> bool {
        self.touches.is_empty()
    }
    /// Makes all statements of the batch durable with its event. A batch in which nothing is written is recorded too: its
    /// answer tells what is there.
    ///
    /// # Errors
    /// As [`super::Write::commit`]: nothing of the batch was kept.
    pub async fn commit(self, changes: Vec<Change>) -> Result<Disclosed<usize>, Refusal> {
        let mut event = self.grant.event();
        event.object = Some(self.grant.op.object().clone());
        // A batch that writes nothing gives no versions, whatever it looked at: a dry run.
        let written = !changes.is_empty();
        event.detail = tell(self.grant.op.detail(), written.then(|| ("versions", runs(&self.versions))));
        event.detail = tell(event.detail, self.told);
        event.disclosures = self.disclosures;
        event.touches = self.touches;
        if let Err(refusal) = self.grant.explain(&mut event).await {
            return Err(self.grant.refuse(refusal).await);
        }
        let count = event.touches.len();
        match self.grant.core.recorder.record(&event, &[], changes).await {
            Ok(_) => Ok(Disclosed::new(count, event.id)),
            Err(error) => Err(record_failure(&self.grant.core, event, error).await),
        }
    }
}

/// Numbers as runs `[number, how often]`: a chunk of new records is one pair.
pub(in crate::path) fn runs(numbers: &[i64]) -> serde_json::Value {
    let runs: Vec<(i64, usize)> =
        numbers.chunk_by(|a, b| a == b).filter_map(|run| Some((*run.first()?, run.len()))).collect();
    serde_json::json!(runs)
}
