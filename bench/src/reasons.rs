//! What business reasons cost a list of fifty: in turns with a company in which no reason counts, so that nothing is looked up.

use std::time::Instant;

use model::{ReasonRules, UserId};
use store::company::{ChangeReasons, Note};
use store::records::ListRecords;

use crate::Sizes;
use crate::figure::Figure;
use crate::house::House;
use crate::sample::Samples;

const ROWS: usize = 50;

async fn list(house: &House, user: UserId) -> anyhow::Result<f64> {
    let began = Instant::now();
    let question = ListRecords {
        object: "customer".parse()?,
        filter: None,
        search: None,
        sort: None,
        fields: None,
        customer: None,
        limit: u32::try_from(ROWS)?,
        cursor: None,
    };
    let grant = house.store.gate().admit(&house.caller(user), question).await?;
    let shown = house.store.list(grant).await?.sealed.disclose().await?;
    anyhow::ensure!(shown.get().len() == ROWS, "a list of {} rows", shown.get().len());
    Ok(began.elapsed().as_secs_f64() * 1000.0)
}

pub async fn measure(sizes: &Sizes) -> anyhow::Result<Vec<Figure>> {
    let house = House::new(&sizes.dir).await?;
    let clerk = house.clerk().await?;
    // Enough that each of the fifty representatives has more than a list.
    house.import(4_000, |_| {}).await?;
    let rep = house.reps.first().copied().ok_or_else(|| anyhow::anyhow!("no representatives"))?;
    let clock = house.run_clock();
    let (turns, times) = if sizes.is_quick() { (6, 3) } else { (60, 5) };
    let mut took: [[Samples; 2]; 2] = Default::default();
    for turn in 0..turns {
        let counted = turn % 2;
        let mut rules = ReasonRules::default();
        if counted == 0 {
            rules.counted.clear();
        }
        let grant = house.admit(house.security, ChangeReasons { rules, note: Note::default() }).await?;
        house.store.change_reasons(grant).await?;
        for (user, samples) in [rep.user, clerk].into_iter().zip(&mut took) {
            // The first after a change fills what is kept of the company.
            list(&house, user).await?;
            for _ in 0..times {
                let ms = list(&house, user).await?;
                samples.get_mut(counted).into_iter().for_each(|s| s.push(ms));
            }
        }
    }
    drop(clock);
    let figure = |name, [without, with]: &[Samples; 2]| {
        Figure::new(name, with.median(), "ms")
            .against("a company in which no reason counts", without.median())
            .note(format!("{turns} turns of {times} lists, medians"))
    };
    let [explained, strangers] = &took;
    Ok(vec![
        figure("list of 50 with business reasons, all explained by their rows", explained),
        figure("list of 50 with business reasons, none explained: one query more", strangers),
    ])
}
