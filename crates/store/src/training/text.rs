//! The texts of own courses, as they are stored: one row for each version, sealed, written once.

use access::path::{Change, Param, Refusal};
use model::{RecordId, UnixMs};
use training::Files;
use vault::Place;

use super::catalogue::{CourseHead, CourseKind, Whole};
use crate::identity::Told;
use crate::ids::random;
use crate::proof::tables::COURSE_TEXT;
use crate::records::broken;
use crate::{Query, Store};

fn place(id: [u8; 16]) -> Place<'static> {
    Place { object: "course_text", record: RecordId::from_bytes(id), field: "body" }
}

fn shut(error: vault::VaultError) -> Refusal {
    tracing::error!(%error, "the text of a course could not be sealed or opened");
    Refusal::Damaged
}

impl Store {
    fn text_id(&self, course: &str, version: u32) -> [u8; 16] {
        let parts: [Param; 2] = [course.into(), i64::from(version).into()];
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] = self.seals().row("course_text.id", &parts);
        [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]
    }

    /// The statement that keeps a text, and what the event tells of it.
    pub(super) fn put_text(
        &self,
        course: &str,
        version: u32,
        files: &Files,
        digest: &str,
        at: UnixMs,
    ) -> Result<(Change, Told), Refusal> {
        let id = self.text_id(course, version);
        let body = serde_json::to_vec(files).map_err(|_| Refusal::Damaged)?;
        let body = self.identity.training_key.seal(&place(id), random(), &body).map_err(shut)?;
        let mut params: Vec<Param> =
            vec![id.to_vec().into(), course.into(), i64::from(version).into(), at.into(), body.into(), 1_i64.into()];
        params.push(self.seals().row(COURSE_TEXT.name, &params).to_vec().into());
        let sql = "INSERT INTO course_text (id, course, number, at, body, version, seal) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO NOTHING";
        let told = serde_json::json!([{ "id": RecordId::from_bytes(id), "version": 1, "sha256": digest }]);
        Ok((Change::new(sql, params).expecting(1), ("course_texts", told)))
    }

    /// A course with its text.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] of one outside, which has none here; [`Refusal::Damaged`] where it was altered beside the program.
    pub(super) async fn whole(&self, head: &CourseHead) -> Result<Whole, Refusal> {
        match head.kind {
            CourseKind::Shipped => training::course(&head.id).map(Whole::Borrowed).ok_or(Refusal::NotFound),
            CourseKind::Outside => Err(Refusal::NotFound),
            CourseKind::Own => {
                let id = self.text_id(&head.id, head.version);
                let query = Query::point(COURSE_TEXT.select("id = ?1"), vec![id.to_vec().into()]);
                let rows = self.read(query).await?;
                let row = rows.first().filter(|row| COURSE_TEXT.is_sealed(self.seals(), row)).ok_or_else(|| {
                    tracing::error!(
                        course = head.id,
                        "the text of a course was altered or taken away beside the program"
                    );
                    Refusal::Damaged
                })?;
                let body = self.identity.training_key.open(&place(id), row.bytes(4).map_err(broken)?).map_err(shut)?;
                let files: Files = serde_json::from_slice(&body).map_err(|_| Refusal::Damaged)?;
                training::read_own(&head.id, head.version, &files).map(Whole::Owned).map_err(|_| Refusal::Damaged)
            }
        }
    }
}
