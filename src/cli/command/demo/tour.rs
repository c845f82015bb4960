//! The steps of the tour: what is shown, and what is typed.

/// A sentence and the command line behind it.
pub type Step = (&'static str, &'static [&'static str]);

/// The tour, up to the token.
pub const STEPS: [Step; 10] = [
    ("What each plan includes", &["matrix"]),
    (
        "Before putting analytics on pro: who would gain?",
        &["set", "analytics", "--plan", "pro", "--dry-run"],
    ),
    (
        "Do it",
        &[
            "set",
            "analytics",
            "--plan",
            "pro",
            "--reason",
            "pricing of May",
        ],
    ),
    (
        "A new customer",
        &[
            "user",
            "assign",
            "ana",
            "--plan",
            "pro",
            "--email",
            "ana@example.com",
        ],
    ),
    (
        "Why does she see analytics?",
        &["explain", "analytics", "--user", "ana"],
    ),
    (
        "The same as a CI assertion",
        &["check", "analytics", "max_seats>=5", "--user", "ana"],
    ),
    (
        "More seats for a fortnight",
        &[
            "set",
            "max_seats",
            "25",
            "--user",
            "ana",
            "--expires",
            "14d",
            "--reason",
            "trial",
        ],
    ),
    ("Everything she gets now", &["resolve", "--user", "ana"]),
    (
        "And in a month, when the trial is over?",
        &["check", "max_seats=5", "--user", "ana", "--at", "30d"],
    ),
    (
        "Who is in the rollout of the new editor?",
        &["target", "beta_editor"],
    ),
];
