//! What somebody has, in numbers: for whoever hands it over, who sees none of it.

use access::path::{Disclosed, Grant, Param, Refusal};
use model::record::Grantee;
use model::{ObjectName, UnixMs, UserId};

use super::{Estate, HandoverState, ShowEstate};
use crate::records::broken;
use crate::{Query, Store};

impl Store {
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn show_estate(&self, grant: Grant<ShowEstate>) -> Result<Disclosed<Estate>, Refusal> {
        match self.estate_of(grant.operation().user, grant.now()).await {
            Ok(estate) => grant.carry_out(vec![], estate).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// What somebody has, in numbers.
    pub(crate) async fn estate_of(&self, user: UserId, now: UnixMs) -> Result<Estate, Refusal> {
        let company = self.company();
        if !company.users.contains_key(&user) {
            return Err(Refusal::NotFound);
        }
        let alive = |table: &str| format!("{table} WHERE user_id = ?1 AND ended_at IS NULL AND expires_at > ?2");
        let given = "member WHERE granted_by = ?1 AND kind = 'share' AND (expires_at IS NULL OR expires_at > ?2)";
        let held = "member WHERE grantee_kind = 'user' AND grantee = ?1 AND (expires_at IS NULL OR expires_at > ?2)";
        let by_id = || vec![user.into(), now.into()];
        let reports = company.users.values().filter(|u| u.manager == Some(user)).map(|u| u.id).collect();
        let named = |g: &Grantee| *g == Grantee::User(user);
        let pools = company.pools.iter().filter(|p| p.members.iter().any(named));
        Ok(Estate {
            owned: self.owned_by(user).await?,
            shares_given: self.how_many(given, by_id()).await?,
            shares_held: self.how_many(held, vec![user.to_string().into(), now.into()]).await?,
            sessions: self.how_many(&alive("session"), by_id()).await?,
            tokens: self.how_many(&alive("token"), by_id()).await?,
            reports,
            pools: pools.map(|p| (p.object.clone(), p.name.clone())).collect(),
            handovers: self.handovers("leaver = ?1", vec![user.into()]).await?.into_iter().map(|b| b.state).collect(),
        })
    }

    /// Handovers that began since a moment, with whose they are; the newest hundred.
    pub(crate) async fn handovers_since(&self, since: UnixMs) -> Result<Vec<(UserId, HandoverState)>, Refusal> {
        let begun = self.handovers("began_at >= ?1", vec![since.into()]).await?;
        Ok(begun.into_iter().map(|b| (b.leaver, b.state)).collect())
    }

    /// How many records somebody owns, by object type.
    pub(super) async fn owned_by(&self, user: UserId) -> Result<Vec<(ObjectName, i64)>, Refusal> {
        let mut owned = vec![];
        let company = self.company();
        // What others belong to comes first.
        let mut objects: Vec<_> = company.objects.iter().collect();
        objects.sort_by_key(|(name, (_, object))| (object.customer_field.is_some(), (*name).clone()));
        for (name, _) in objects {
            let query = "record WHERE object = ?1 AND owner = ?2";
            let count = self.how_many(query, vec![name.as_str().into(), user.into()]).await?;
            if count > 0 {
                owned.push((name.clone(), count));
            }
        }
        Ok(owned)
    }

    async fn how_many(&self, of: &str, params: Vec<Param>) -> Result<i64, Refusal> {
        let rows = self.read(Query::new(format!("SELECT COUNT(*) FROM {of}"), params)).await?;
        rows.first().map_or(Ok(0), |row| row.int(0)).map_err(broken)
    }
}
