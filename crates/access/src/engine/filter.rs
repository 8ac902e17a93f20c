//! Filters: what a principal's rules leave to be asked of a row. One filter per operation, and per field and level.

use std::sync::Arc;

use model::StoredRow;

use super::context::{Context, Obligation, RequestTest, Verdict};
use super::predicate::{Predicate, Test};

/// One rule, as far as it concerns one principal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub rule: Arc<str>,
    /// Over row and request; the rule's validity is part of it.
    pub when: Arc<Predicate>,
}

/// The rules that bear on one operation (or one field at one level) for one principal.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    pub permits: Vec<Term>,
    pub forbids: Vec<Term>,
}

/// The filter that nothing passes.
pub(crate) static NOTHING: Filter = Filter { permits: vec![], forbids: vec![] };

fn sorted(mut rules: Vec<Arc<str>>) -> Vec<Arc<str>> {
    rules.sort();
    rules
}

/// What is left of the predicate if the caller does all a caller can do: everything asked of the request but its time.
///
/// Request tests stand plain in permits and negated in forbids, so "all of them hold" is the best case for both.
fn at_best(when: &Predicate, ctx: &Context, row: Option<&StoredRow>) -> Predicate {
    when.fold(&|t| match t {
        Test::Request(r) => Some(r.holds(ctx) || r.remedy().is_some()),
        t => row.map(|row| t.matches(row)),
    })
}

fn first_remedy(when: &Predicate, ctx: &Context) -> Option<Obligation> {
    let remedy = when.request_tests().into_iter().filter(|r| !r.holds(ctx)).find_map(RequestTest::remedy)?;
    Some(match remedy {
        // A rate stands beside a share in one rule only where the share lets pass beyond it (`Beyond::Approval`).
        Obligation::RateLimited { counter, below } if when.asks_of_shares() => {
            Obligation::AskApproval { counter, below }
        }
        other => other,
    })
}

impl Filter {
    /// Whether no row can pass, whatever the request.
    pub fn never(&self) -> bool {
        self.permits.iter().all(|t| *t.when == Predicate::False)
            || self.forbids.iter().any(|t| *t.when == Predicate::True)
    }

    /// Whether the row passes, without the reasons: the short way for fields.
    pub fn allows(&self, ctx: &Context, row: &StoredRow) -> bool {
        self.permits.iter().any(|t| t.when.eval_in(ctx, row)) && !self.forbids.iter().any(|t| t.when.eval_in(ctx, row))
    }

    /// Decides for one row.
    pub fn decide(&self, ctx: &Context, row: &StoredRow) -> Verdict {
        self.verdict(ctx, Some(row), &|p| p.eval_in(ctx, row))
    }

    /// Decides for an administrative duty, which has no row: a term that would ask something of a row does not permit,
    /// and forbids.
    pub(crate) fn decide_duty(&self, ctx: &Context) -> Verdict {
        let bound = self.bind(ctx);
        if bound.is_always() {
            return Verdict { allowed: true, rules: bound.rules(), obligation: None };
        }
        bound.refusal()
    }

    fn verdict(&self, ctx: &Context, row: Option<&StoredRow>, holds: &dyn Fn(&Predicate) -> bool) -> Verdict {
        let fired = |terms: &[Term]| -> Vec<Arc<str>> {
            terms.iter().filter(|t| holds(&t.when)).map(|t| t.rule.clone()).collect()
        };
        let forbids = fired(&self.forbids);
        if forbids.is_empty() {
            let permits = fired(&self.permits);
            if !permits.is_empty() {
                return Verdict { allowed: true, rules: sorted(permits), obligation: None };
            }
        }
        let obligation = self.remedy(ctx, row);
        Verdict { allowed: false, rules: sorted(forbids), obligation }
    }

    /// What the caller could do to be allowed: only if that is enough to be permitted and not forbidden.
    fn remedy(&self, ctx: &Context, row: Option<&StoredRow>) -> Option<Obligation> {
        if self.forbids.iter().any(|t| at_best(&t.when, ctx, row) == Predicate::True) {
            return None;
        }
        let within_reach: Vec<&Term> =
            self.permits.iter().filter(|t| at_best(&t.when, ctx, row) != Predicate::False).collect();
        if within_reach.is_empty() {
            return None;
        }
        let now = |t: &Term| {
            t.when.fold(&|t| match t {
                Test::Request(r) => Some(r.holds(ctx)),
                t => row.map(|row| t.matches(row)),
            })
        };
        let lifted = self.forbids.iter().filter(|t| now(t) == Predicate::True).find_map(|t| first_remedy(&t.when, ctx));
        if lifted.is_some() || within_reach.iter().any(|t| now(t) != Predicate::False) {
            return lifted;
        }
        within_reach.iter().find_map(|t| first_remedy(&t.when, ctx))
    }

    /// The records that pass if the caller does all a caller can do: everything asked of the request but its time is met.
    pub fn at_best(&self, ctx: &Context) -> Predicate {
        let any = |terms: &[Term]| Predicate::Any(terms.iter().map(|t| at_best(&t.when, ctx, None)).collect());
        let forbids = Predicate::Not(Box::new(any(&self.forbids)));
        Predicate::All(vec![any(&self.permits), forbids]).fold(&|_| None)
    }

    /// The filter for one request: row tests alone are left.
    pub fn bind(&self, ctx: &Context) -> BoundFilter {
        let terms = |terms: &[Term]| -> Vec<(Arc<str>, Predicate)> {
            terms.iter().map(|t| (t.rule.clone(), t.when.bind(ctx))).filter(|(_, p)| *p != Predicate::False).collect()
        };
        let forbids = terms(&self.forbids);
        let fired: Vec<Arc<str>> =
            forbids.iter().filter(|(_, p)| *p == Predicate::True).map(|(rule, _)| rule.clone()).collect();
        // A forbid that the request alone sets off leaves nothing to permit, and nobody should find a permit here.
        let permits = if fired.is_empty() { terms(&self.permits) } else { vec![] };
        let mut bound = BoundFilter { permits, forbids, refused: Verdict::default() };
        if bound.is_never() {
            bound.refused = Verdict { allowed: false, rules: sorted(fired), obligation: self.remedy(ctx, None) };
        }
        bound
    }
}

/// A filter with the request and the rules' validity folded in: what SQL is made from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BoundFilter {
    /// A row passes if one of these holds…
    pub permits: Vec<(Arc<str>, Predicate)>,
    /// …and none of these.
    pub forbids: Vec<(Arc<str>, Predicate)>,
    refused: Verdict,
}

impl BoundFilter {
    /// Whether no row passes.
    pub fn is_never(&self) -> bool {
        self.permits.is_empty() || self.forbids.iter().any(|(_, p)| *p == Predicate::True)
    }

    /// Whether every row passes.
    pub fn is_always(&self) -> bool {
        self.forbids.is_empty() && self.permits.iter().any(|(_, p)| *p == Predicate::True)
    }

    /// What holds for some of these, as a filter: for counting, where no rule permits anything.
    pub fn of(some: impl IntoIterator<Item = Predicate>) -> BoundFilter {
        let rule: Arc<str> = Arc::from("");
        let permits = some.into_iter().filter(|p| *p != Predicate::False).map(|p| (rule.clone(), p)).collect();
        BoundFilter { permits, forbids: vec![], refused: Verdict::default() }
    }

    /// The filter as one predicate: some permit, and no forbid.
    pub fn whole(&self) -> Predicate {
        let permits = Predicate::Any(self.permits.iter().map(|(_, p)| p.clone()).collect());
        let forbids = Predicate::Any(self.forbids.iter().map(|(_, p)| p.clone()).collect());
        Predicate::All(vec![permits, Predicate::Not(Box::new(forbids))]).fold(&|_| None)
    }

    /// The rules by which rows may pass, sorted.
    pub fn rules(&self) -> Vec<Arc<str>> {
        sorted(self.permits.iter().map(|(rule, _)| rule.clone()).collect())
    }

    /// For a filter that nothing passes: the forbids that the request set off, and what would help.
    pub fn refusal(&self) -> Verdict {
        self.refused.clone()
    }

    /// Whether the row passes.
    pub fn allows(&self, row: &StoredRow) -> bool {
        self.permits.iter().any(|(_, p)| p.eval(row)) && !self.forbids.iter().any(|(_, p)| p.eval(row))
    }
}
