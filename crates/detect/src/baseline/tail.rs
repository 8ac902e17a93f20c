//! How unlikely a count is: the upper tail of the negative binomial, as −log10.
//!
//! With mean μ and overdispersion α (variance μ + αμ²) the size is r = 1/α and P(X ≥ x) = I_q(x, r), q = μ/(μ + r),
//! the regularized incomplete beta function. Counts are discrete, so the mid-p value is told: P(X > x) + ½ P(X = x);
//! over many user-days it falls below 1/1000 once in a thousand, which P(X ≥ x) alone does not.

/// Past this a score says no more.
pub const MOST: f64 = 50.0;

/// ln Γ(x) for x > 0, by Lanczos' approximation (g = 7, n = 9).
pub fn ln_gamma(x: f64) -> f64 {
    const C: [f64; 8] = [
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    if x < 0.5 {
        // Γ(x)Γ(1 − x) = π / sin πx
        return (std::f64::consts::PI / (std::f64::consts::PI * x).sin().abs()).ln() - ln_gamma(1.0 - x);
    }
    let x = x - 1.0;
    let t = x + 7.5;
    let sum = C.iter().zip(1_u32..).fold(0.999_999_999_999_809_9, |sum, (c, i)| sum + c / (x + f64::from(i)));
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

/// ln P(X = x) for the negative binomial of this mean and size.
fn ln_mass(x: f64, mean: f64, size: f64) -> f64 {
    ln_gamma(x + size) - ln_gamma(size) - ln_gamma(x + 1.0)
        + size * (size / (size + mean)).ln()
        + x * (mean / (size + mean)).ln()
}

/// −log10 of the mid-p value of seeing `x` or more where `mean` is expected. 0 at or below the mean.
pub fn surprise(x: f64, mean: f64, alpha: f64) -> f64 {
    if x <= mean || x < 1.0 {
        return 0.0;
    }
    // Far out the shape no longer depends on the unit of counting (variance αμ²): a smaller unit saves the work. Where
    // α is tiny this tells slightly less than there is, never more.
    let unit = if x > 4_000.0 { x / 4_000.0 } else { 1.0 };
    let (x, mean) = (x / unit, (mean / unit).max(1e-9));
    let size = 1.0 / alpha.clamp(1e-4, 1e4);
    let first = ln_mass(x, mean, size);
    // P(X > x) / P(X = x): each term is the last times (x + size) q / (x + 1), which only falls as x grows past the
    // mean. Far out the sum is a few terms; near the mean it is cut when it no longer matters.
    let q = mean / (mean + size);
    let mut ratio = 1.0;
    let mut sum = 0.5;
    let mut k = x;
    for _ in 0..2_000 {
        ratio *= (k + size) * q / (k + 1.0);
        sum += ratio;
        k += 1.0;
        // What is left is less than a geometric series of the present quotient.
        let quotient = (k + size) * q / (k + 1.0);
        if quotient < 1.0 && ratio * quotient / (1.0 - quotient) < 1e-6 * sum {
            break;
        }
    }
    // The rest, as the geometric series it comes to.
    sum += ratio * q / (1.0 - q).max(1e-9);
    (-(first + f64::ln(sum)) / std::f64::consts::LN_10).clamp(0.0, MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_is_the_sum_of_the_masses() {
        for (mean, alpha) in [(0.05, 1.0), (0.7, 0.3), (4.0, 2.0), (40.0, 0.2), (300.0, 0.5), (12.0, 1e-4)] {
            let size: f64 = 1.0 / alpha;
            // By the recurrence from P(0), with no gamma function in it.
            let q = mean / (mean + size);
            let mut mass = (size * (size / (size + mean)).ln()).exp();
            let mut cumulative: f64 = 0.0;
            for x in 0..2_000_u32 {
                let x = f64::from(x);
                let upper = 1.0 - cumulative - 0.5 * mass;
                if x > mean && x >= 1.0 && upper > 1e-9 {
                    let ours = surprise(x, mean, alpha);
                    assert!(
                        (ours + upper.log10()).abs() < 1e-3,
                        "x {x} mean {mean} alpha {alpha}: {ours} {}",
                        -upper.log10()
                    );
                }
                cumulative += mass;
                mass *= (x + size) * q / (x + 1.0);
            }
        }
    }

    #[test]
    fn what_was_expected_is_no_surprise_and_the_impossible_is_bounded() {
        assert_eq!(surprise(3.0, 3.0, 1.0), 0.0);
        assert_eq!(surprise(0.0, 0.0, 1.0), 0.0);
        assert_eq!(surprise(1e6, 0.1, 0.01), MOST);
        assert!(surprise(f64::from(u32::MAX), 1e9, 1.0) <= MOST);
    }

    #[test]
    fn more_is_never_less_surprising() {
        for alpha in [0.01, 0.5, 3.0] {
            let scores: Vec<f64> = (0..400).map(|x| surprise(f64::from(x), 7.5, alpha)).collect();
            assert!(scores.windows(2).all(|w| w[0] <= w[1] + 1e-9), "{alpha}");
        }
    }
}
