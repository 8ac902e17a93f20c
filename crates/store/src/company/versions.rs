//! The versions of an object type's definition: each is kept as it was, told apart, and can be taken back.
//!
//! Rule: taking a version back is a change like any other, under the same rules, and only of what can be undone. Fields, and
//! options of choices, that came since stay, because records may hold their values; what a definition of then would show to
//! more people than values were entered for is refused once there are records. The process stays as it is.

use std::sync::Arc;

use access::path::{Disclosed, Grant, OnSystem, Operation, Param, Refusal};
use model::{Action, FieldDef, FieldKind, ObjectName, ObjectType, UnixMs, UserId};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::draft::{Draft, Note};
use super::duties::barred;
use super::objects::{FieldChange, FileLimits, apply, check, put};
use super::people::operations;
use crate::records::broken;
use crate::{Query, Row, Store};

/// Name of the table. Its rows count for the company's seal by the hash of their body.
pub(crate) const TABLE: &str = "object_version";

/// The versions of one object type.
#[derive(Debug)]
pub struct ListObjectVersions {
    pub object: ObjectName,
}

/// One version's definition.
#[derive(Debug)]
pub struct GetObjectVersion {
    pub object: ObjectName,
    pub version: i64,
}

/// Takes a version back: a new version is made of it.
#[derive(Debug)]
pub struct RestoreObject {
    pub object: ObjectName,
    pub version: i64,
    /// The version in force that the caller looked at.
    pub current: i64,
    pub note: Note,
}

operations! {
    ListObjectVersions: DirectoryRead, |op| json!({ "act": "object.versions", "object": op.object });
    GetObjectVersion: DirectoryRead, |op| json!({ "act": "object.version", "object": op.object, "version": op.version });
    RestoreObject: ObjectManage, |op| json!({
        "act": "object.restore", "object": op.object, "version": op.version, "old": op.note.get(),
    });
}

/// A version without its definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectVersion {
    pub version: i64,
    /// When and by whom it was made; `None` of what came before versions were kept, or was shipped.
    pub at: Option<UnixMs>,
    pub author: Option<UserId>,
}

fn hash(body: &str) -> Vec<u8> {
    Sha256::digest(body.as_bytes()).to_vec()
}

/// Who makes a version, and when.
pub(super) type Made = Option<(UnixMs, UserId)>;

/// Keeps a version of a definition. One that nobody made here has neither author nor time.
pub(super) fn keep(draft: &mut Draft, object: &ObjectType, version: i64, made: Made) -> Result<(), Refusal> {
    let body = serde_json::to_string(object).map_err(|_| Refusal::Damaged)?;
    let (at, author) = made.unzip();
    let mut row: Vec<Param> =
        vec![object.name.as_str().into(), version.into(), at.into(), author.into(), hash(&body).into()];
    draft.put_row(TABLE, 2, &row);
    row.push(body.into());
    draft.push(
        "INSERT INTO object_version (name, version, at, author, hash, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        row,
    );
    Ok(())
}

/// What of the field then differs from the field now, as a change of it.
fn back(now: &FieldDef, then: &FieldDef) -> FieldChange {
    let options = match (&now.kind, &then.kind) {
        (
            FieldKind::Choice { options: now } | FieldKind::MultiChoice { options: now },
            FieldKind::Choice { options: then } | FieldKind::MultiChoice { options: then },
        ) => {
            let since = now.iter().filter(|o| !then.iter().any(|t| t.value == o.value));
            Some(then.iter().chain(since).cloned().collect())
        }
        _ => None,
    };
    let files = match (&now.kind, &then.kind) {
        (FieldKind::Attachment { .. }, FieldKind::Attachment { max, types }) => {
            Some(FileLimits { max: *max, types: types.clone() })
        }
        _ => None,
    };
    FieldChange {
        label: Some(then.label.clone()),
        options,
        files,
        mask: Some(then.mask.clone()),
        class: Some(then.class),
        required: Some(then.required),
        unique: Some(then.unique),
        search: Some(then.search),
        sorted: Some(then.sorted),
        numbered: Some(then.numbered.clone()),
    }
}

/// The definition with what can be taken back of `then`, and why that is safe only while there are no records.
fn restored(now: &ObjectType, then: &ObjectType) -> Result<(ObjectType, Option<String>), Refusal> {
    let mut next = now.clone();
    let mut unsafe_because = None;
    for field in &mut next.fields {
        let Some(was) = then.field(field.name.as_str()) else { continue };
        let change = back(field, was);
        if let Some(reason) = apply(field, &change)? {
            unsafe_because = Some(format!("field `{}`: {reason}", field.name));
        }
    }
    let place = |f: &FieldDef| then.fields.iter().position(|t| t.name == f.name).unwrap_or(usize::MAX);
    next.fields.sort_by_key(place);
    next.label = then.label.clone();
    next.title_field = then.title_field.clone();
    next.has_pool = then.has_pool;
    next.layout = then.layout.clone();
    next.required_if = then.required_if.clone();
    next.checks = then.checks.clone();
    next.card = then.card.clone();
    Ok((next, unsafe_because))
}

fn read_version(row: &Row) -> Result<ObjectVersion, crate::DatabaseError> {
    Ok(ObjectVersion { version: row.int(0)?, at: row.opt_time(1)?, author: row.opt_id(2)?.map(UserId::from_bytes) })
}

impl Store {
    /// Newest first, the one in force among them.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn object_versions(
        &self,
        grant: Grant<ListObjectVersions>,
    ) -> Result<Disclosed<Vec<ObjectVersion>>, Refusal> {
        match self.versions_of(&grant.operation().object).await {
            Ok(all) => grant.carry_out(vec![], all).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn versions_of(&self, name: &ObjectName) -> Result<Vec<ObjectVersion>, Refusal> {
        let current = self.company().objects.get(name).ok_or(Refusal::NotFound)?.0;
        let sql = "SELECT version, at, author FROM object_version WHERE name = ?1 ORDER BY version DESC";
        let rows = self.read(Query::new(sql, vec![name.as_str().into()])).await?;
        let mut all: Vec<_> = rows.iter().map(read_version).collect::<Result<_, _>>().map_err(broken)?;
        if all.first().is_none_or(|v| v.version != current) {
            all.insert(0, ObjectVersion { version: current, at: None, author: None });
        }
        Ok(all)
    }

    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Damaged`] for a row that was altered, [`Refusal::StoreUnavailable`],
    /// [`Refusal::AuditUnavailable`].
    pub async fn object_version(
        &self,
        grant: Grant<GetObjectVersion>,
    ) -> Result<Disclosed<(ObjectVersion, Arc<ObjectType>)>, Refusal> {
        let op = grant.operation();
        match self.version_of(&op.object, op.version).await {
            Ok(found) => grant.carry_out(vec![], found).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn version_of(&self, name: &ObjectName, version: i64) -> Result<(ObjectVersion, Arc<ObjectType>), Refusal> {
        let sql = "SELECT version, at, author, hash, body FROM object_version WHERE name = ?1 AND version = ?2";
        let rows = self.read(Query::point(sql, vec![name.as_str().into(), version.into()])).await?;
        let Some(row) = rows.first() else {
            let company = self.company();
            let (current, object) = company.objects.get(name).ok_or(Refusal::NotFound)?;
            let known = *current == version;
            let unmade = ObjectVersion { version, at: None, author: None };
            return if known { Ok((unmade, object.clone())) } else { Err(Refusal::NotFound) };
        };
        let body = row.text(4).map_err(broken)?;
        if row.bytes(3).map_err(broken)? != hash(body) {
            tracing::error!(object = %name, version, "a kept definition was altered");
            return Err(Refusal::Damaged);
        }
        let object = serde_json::from_str(body).map_err(|_| Refusal::Damaged)?;
        Ok((read_version(row).map_err(broken)?, Arc::new(object)))
    }

    /// Takes a version back; gives the definition as it is then.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when `current` is not in force any more, [`Refusal::Barred`] with `has_records`,
    /// [`Refusal::NotFound`], and as every change.
    pub async fn restore_object(&self, grant: Grant<RestoreObject>) -> Result<Disclosed<Arc<ObjectType>>, Refusal> {
        let op = grant.operation();
        let known = async {
            let then = self.version_of(&op.object, op.version).await?.1;
            Ok((then, self.has_records(&op.object).await?))
        };
        let (then, has_records) = match known.await {
            Ok(known) => known,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        self.change_company(grant, move |grant, draft| {
            let op = grant.operation();
            let (version, now) = draft.from.objects.get(&op.object).ok_or(Refusal::NotFound)?;
            if *version != op.current {
                return Err(Refusal::Conflict);
            }
            op.note.set(json!({ "version": version }));
            let (mut object, unsafe_because) = restored(now, &then)?;
            if let (Some(reason), true) = (&unsafe_because, has_records) {
                return Err(barred("has_records", format!("there are records: {reason}")));
            }
            check(draft, &mut object)?;
            put(draft, object.clone(), unsafe_because.is_some(), Some((grant.now(), grant.caller().user)))?;
            Ok(Arc::new(object))
        })
        .await
    }

    /// Kept definitions that do not have their hash: for `doctor`.
    pub(crate) async fn altered_versions(&self) -> Result<Vec<[Param; 2]>, Refusal> {
        let mut altered = vec![];
        for row in self.read(Query::new("SELECT name, version, hash, body FROM object_version", vec![])).await? {
            if row.bytes(2).map_err(broken)? != hash(row.text(3).map_err(broken)?) {
                altered.push([row.text(0).map_err(broken)?.into(), row.int(1).map_err(broken)?.into()]);
            }
        }
        Ok(altered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Sensitivity, Text, defaults};

    fn customer() -> ObjectType {
        let mut customer = defaults::customer();
        customer.assign_slots().unwrap();
        customer
    }

    #[test]
    fn what_came_since_stays_and_the_rest_is_as_it_was() {
        let then = customer();
        let mut now = then.clone();
        now.label = Text::new("客户们", "Clients");
        now.fields.rotate_left(2);
        let level = now.fields.iter_mut().find(|f| f.name.as_str() == "level").unwrap();
        level.label = Text::new("等级", "Grade");
        let FieldKind::Choice { options } = &mut level.kind else { panic!() };
        options.push(model::object::ChoiceOption { value: "zz".into(), label: Text::new("其他", "Other") });
        let mut extra = now.fields[0].clone();
        extra.name = "extra".parse().unwrap();
        extra.slot = None;
        now.fields.insert(0, extra);
        let (next, unsafe_because) = restored(&now, &then).unwrap();
        assert_eq!(unsafe_because, None);
        assert_eq!(next.label, then.label);
        let names = |o: &ObjectType| o.fields.iter().map(|f| f.name.to_string()).collect::<Vec<_>>();
        assert_eq!(names(&next), [names(&then), vec!["extra".to_owned()]].concat());
        let level = next.field("level").unwrap();
        assert_eq!(level.label, then.field("level").unwrap().label);
        let FieldKind::Choice { options } = &level.kind else { panic!() };
        assert_eq!(options.last().unwrap().value, "zz");
    }

    #[test]
    fn a_class_that_was_lower_is_not_taken_back_beside_records() {
        let then = customer();
        let mut now = then.clone();
        now.fields.iter_mut().find(|f| f.name.as_str() == "phone").unwrap().class = Sensitivity::Sensitive;
        let (_, unsafe_because) = restored(&now, &then).unwrap();
        assert!(unsafe_because.is_some_and(|why| why.contains("phone")));
    }
}
