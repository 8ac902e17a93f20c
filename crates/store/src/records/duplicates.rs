//! Duplicates on entry 查重: whether there may be such a record already.
//!
//! Rule: what is there already must not be found out by asking. Only who may make such a record is answered, so many times an
//! hour, and each question is recorded with the records that it told of. A record that the caller may see is told by its id;
//! of any other only that it is there, in a pool, or somebody's.
//!
//! The same is asked when a record is changed, of the fields that are changed, by who may change it.
//!
//! Asked by: the field that names a record which belongs to no other, and those that are searched exactly, for their value belongs
//! to one alone (phone, e-mail, registration number). Spelling makes no difference: width, case, spaces, `+86`; nor does what kind of company it is.

use std::collections::HashMap;

use access::path::{Disclosed, Grant, OnRecords, Operation, Part, Refusal, Values, normalize};
use model::object::Search;
use model::{
    Action, FieldDef, FieldKind, FieldLevel, FieldName, ObjectName, ObjectType, RecordId, StoredRow, UnixMs, UserId,
};
use parking_lot::Mutex;
use serde_json::json;

use super::parse::parse_values;
use crate::Store;
use crate::company::barred;

/// Questions of one person in an hour of the clock.
const AN_HOUR: u32 = 120;
const HOUR_MS: i64 = 3_600_000;
/// Told of one field.
const TOLD: usize = 5;

/// Endings that say what kind of company it is, after normalizing; the longer first.
const KINDS: [&str; 15] = [
    "股份有限公司",
    "有限责任公司",
    "集团有限公司",
    "有限公司",
    "集团公司",
    "集团",
    "公司",
    "corporation",
    "limited",
    "coltd",
    "gmbh",
    "ltd",
    "llc",
    "inc",
    "plc",
];

/// Ask for duplicates of a record that is about to be made, or of one that is there and about to be changed.
pub struct CheckDuplicates {
    pub object: ObjectName,
    pub values: serde_json::Map<String, serde_json::Value>,
    /// One that is there: it is no duplicate of itself.
    pub of: Option<RecordId>,
}

impl Operation for CheckDuplicates {
    const ACTION: Action = Action::List;
}
impl OnRecords for CheckDuplicates {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn detail(&self) -> serde_json::Value {
        json!({ "act": "duplicate.check" })
    }
}

/// Leaves the values of fields that the caller may change on the row: about any other nothing is asked.
fn only_editable<O: OnRecords>(grant: &Grant<O>, object: &ObjectType, row: &StoredRow, values: &mut Values) {
    let levels = grant.levels_of(object, row);
    values.retain(|name, _| {
        let at = object.fields.iter().position(|f| f.name == *name);
        at.and_then(|at| levels.get(at)).is_some_and(|level| *level == FieldLevel::Editable)
    });
}

/// Whose record it is, as far as the caller may know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// One that the caller may see.
    Seen(RecordId),
    /// 在公海
    Pool,
    /// 他人负责
    Other,
    /// 已存在
    Nobody,
}

/// A record that is alike in one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    pub field: FieldName,
    pub whose: Whose,
}

/// How often each person asked in the present hour.
#[derive(Debug, Default)]
pub(crate) struct Asked(Mutex<HashMap<UserId, (i64, u32)>>);

impl Asked {
    fn once_more(&self, user: UserId, at: UnixMs) -> Result<(), Refusal> {
        let hour = at.0.div_euclid(HOUR_MS);
        let mut asked = self.0.lock();
        asked.retain(|_, (of, _)| *of == hour);
        let (_, count) = asked.entry(user).or_insert((hour, 0));
        if *count >= AN_HOUR {
            return Err(barred("rate_limited", "the questions for duplicates of this hour are used up"));
        }
        *count += 1;
        Ok(())
    }
}

/// Whether a field's value belongs to one record alone, so that another with it may be the same.
fn tells_apart(object: &ObjectType, def: &FieldDef) -> bool {
    match def.search {
        Search::None => false,
        Search::Exact => true,
        // A customer's name does; the subject of a task or the name of an opportunity is anybody's.
        Search::Part => object.customer_field.is_none() && object.title_field == def.name,
    }
}

/// The form in which two values are alike.
fn form(def: &FieldDef, text: &str) -> String {
    let whole = normalize(&def.kind, text);
    if !matches!(def.kind, FieldKind::Text { .. }) {
        return whole;
    }
    let bare = KINDS.iter().find_map(|kind| whole.strip_suffix(kind)).unwrap_or(&whole);
    // A name that is nothing but its kind stays as it is, and so does one whose rest would say nothing.
    if bare.chars().count() < 2 { whole } else { bare.to_owned() }
}

fn whose(part: &Part, row: &StoredRow) -> Whose {
    if part.sees(row) {
        Whose::Seen(row.id)
    } else if row.pool {
        Whose::Pool
    } else if row.owner.is_some() {
        Whose::Other
    } else {
        Whose::Nobody
    }
}

/// Bars what may be there already; tells of a record that the caller may see its id, of any other only that it is there.
pub(super) fn refuse(part: &Part, object: &ObjectType, found: &[(FieldName, StoredRow)]) -> Result<(), Refusal> {
    let mut told: Vec<String> = vec![];
    let mut fields: Vec<&FieldName> = vec![];
    for (field, row) in found {
        if fields.contains(&field) {
            continue;
        }
        fields.push(field);
        told.push(match whose(part, row) {
            Whose::Seen(id) => format!("{field}: {} {id}", object.name),
            Whose::Pool => format!("{field}: one in a public pool"),
            Whose::Other => format!("{field}: one of somebody else"),
            Whose::Nobody => format!("{field}: one"),
        });
    }
    if told.is_empty() { Ok(()) } else { Err(barred("possible_duplicate", told.join("; "))) }
}

impl Store {
    /// Tells of records that may be the same as one that the caller is about to make.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] for who may not make such a record; [`Refusal::Invalid`]; [`Refusal::Barred`] with
    /// `rate_limited`; all recorded.
    pub async fn check_duplicates(&self, grant: Grant<CheckDuplicates>) -> Result<Disclosed<Vec<Duplicate>>, Refusal> {
        let asked = async {
            let object = grant.object_type()?.clone();
            let of = grant.operation().of;
            let part = match of {
                None => grant.part(&object.name)?,
                Some(_) => grant.part_of_edit(&object.name)?,
            };
            self.company.duplicates.once_more(grant.caller().user, grant.now())?;
            let mut values = parse_values(&object, &grant.operation().values).map_err(Refusal::Invalid)?;
            if let Some(id) = of {
                // What it is left out for must be theirs to change, or leaving it out would tell what it holds.
                let filters = grant.filters_for(Action::View, &object.name);
                let row = self.fetch(&object, id, &filters, grant.now()).await?.ok_or(Refusal::NotFound)?;
                grant.right_on(Action::Edit, &object.name, &row)?;
                only_editable(&grant, &object, &row, &mut values);
            }
            let mut found = self.duplicates(&part, &object, &values, grant.now()).await?;
            found.retain(|(_, row)| Some(row.id) != of);
            let told = found.iter().map(|(field, row)| Duplicate { field: field.clone(), whose: whose(&part, row) });
            Ok((told.collect(), found.into_iter().map(|(_, row)| row).collect::<Vec<_>>()))
        };
        match asked.await {
            Ok((told, mut rows)) => {
                rows.sort_by_key(|row| row.id);
                rows.dedup_by_key(|row| row.id);
                grant.answer_about_all(&rows, told).await
            }
            Err(refusal) => Err(grant.refuse(refusal).await),
        }
    }

    /// # Errors
    /// [`Refusal::Barred`] with `possible_duplicate` or `rate_limited`.
    pub(super) async fn refuse_duplicates<O: OnRecords>(
        &self,
        grant: &Grant<O>,
        object: &ObjectType,
        values: &Values,
    ) -> Result<(), Refusal> {
        let part = grant.part(&object.name)?;
        self.company.duplicates.once_more(grant.caller().user, grant.now())?;
        let found = self.duplicates(&part, object, values, grant.now()).await?;
        refuse(&part, object, &found)
    }

    /// The same for a change of a stored record, by the fields that the caller may change.
    ///
    /// # Errors
    /// As [`Store::refuse_duplicates`].
    pub(super) async fn refuse_duplicates_of<O: OnRecords>(
        &self,
        grant: &Grant<O>,
        object: &ObjectType,
        row: &StoredRow,
        values: &Values,
    ) -> Result<(), Refusal> {
        let mut values = values.clone();
        only_editable(grant, object, row, &mut values);
        if !object.fields.iter().any(|f| tells_apart(object, f) && matches!(values.get(&f.name), Some(Some(_)))) {
            return Ok(());
        }
        let part = grant.part_of_edit(&object.name)?;
        self.company.duplicates.once_more(grant.caller().user, grant.now())?;
        let mut found = self.duplicates(&part, object, &values, grant.now()).await?;
        found.retain(|(_, other)| other.id != row.id);
        refuse(&part, object, &found)
    }

    /// Other records that are alike to a stored one, by each field that tells records apart. Shows nothing to anyone.
    ///
    /// # Errors
    /// [`Refusal::Damaged`], [`Refusal::StoreUnavailable`].
    pub(crate) async fn alike(
        &self,
        part: &Part,
        object: &ObjectType,
        row: &StoredRow,
        now: UnixMs,
    ) -> Result<Vec<(FieldName, Vec<StoredRow>)>, Refusal> {
        let mut found = vec![];
        for def in object.fields.iter().filter(|f| f.slot.is_none() && tells_apart(object, f)) {
            let Some(alike) = part.alike(row, def, form)? else { continue };
            let tokens = part.tokens_alike(object, def, &alike);
            let mut same = vec![];
            for other in self.holders(object, def, &tokens, now).await? {
                if other.id != row.id && part.is_alike(&other, def, &alike, form)? {
                    same.push(other);
                }
            }
            if !same.is_empty() {
                found.push((def.name.clone(), same));
            }
        }
        Ok(found)
    }

    /// Records that are alike in a field that tells them apart, those that the caller may see first. Shows nothing to anyone.
    pub(super) async fn duplicates(
        &self,
        part: &Part,
        object: &ObjectType,
        values: &Values,
        now: UnixMs,
    ) -> Result<Vec<(FieldName, StoredRow)>, Refusal> {
        let mut found = vec![];
        for def in object.fields.iter().filter(|f| f.slot.is_none() && tells_apart(object, f)) {
            let Some(Some(value)) = values.get(&def.name) else { continue };
            let want = form(def, &value.to_text(&def.kind));
            if want.is_empty() {
                continue;
            }
            // Exact tokens are of the whole value; those of parts are found by what is left of it.
            let term = if def.search == Search::Part { want.clone() } else { value.to_text(&def.kind) };
            let tokens = part.tokens(object, def, &term);
            let mut same = vec![];
            for row in self.holders(object, def, &tokens, now).await? {
                if part.resembles(&row, def, &want, form)? {
                    same.push(row);
                }
            }
            same.sort_by_key(|row| (!part.sees(row), row.id));
            found.extend(same.into_iter().take(TOLD).map(|row| (def.name.clone(), row)));
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_kind_of_company_it_is_makes_no_difference() {
        let object = model::defaults::customer();
        let name = object.field("name").unwrap();
        let same = |a: &str, b: &str| form(name, a) == form(name, b);
        assert!(same("远方贸易有限公司", "远方贸易"));
        assert!(same("远方贸易（上海）股份有限公司", "远方贸易(上海)"));
        assert!(same("Ｍｉｎｇ　Trading Co., Ltd.", "ming trading"));
        assert!(!same("远方贸易", "远方商贸"));
        // Nothing is left of these: they stay what they are.
        assert!(!same("有限公司", "公司"));
        assert!(!same("阿公司", "集团"));
        let phone = object.field("phone").unwrap();
        assert_eq!(form(phone, "+86 138-0013-8000"), form(phone, "１３８００１３８０００"));
    }

    #[test]
    fn an_hour_has_so_many_questions() {
        let asked = Asked::default();
        let (user, now) = (UserId::from_bytes([1; 16]), UnixMs(7 * HOUR_MS));
        for _ in 0..AN_HOUR {
            asked.once_more(user, now).unwrap();
        }
        assert!(asked.once_more(user, now.plus_ms(HOUR_MS - 1)).is_err());
        assert!(asked.once_more(UserId::from_bytes([2; 16]), now).is_ok());
        assert!(asked.once_more(user, now.plus_ms(HOUR_MS)).is_ok());
    }
}
