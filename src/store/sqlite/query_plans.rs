//! How SQLite means to run the statements: by an index, and without sorting what may be millions
//! of rows.

use rusqlite::Connection;

use super::{
    briefs, definitions, history, naming, records, retell, schema, search, subjects, walk, write,
};

/// Tables that grow with the subjects or with time.
const GROWING: &[&str] = &[
    "subject",
    "s",
    "u",
    "membership",
    "m",
    "subject_target",
    "override",
    "o",
    "named",
    "revision",
    "change",
    "record",
];

fn plan(connection: &Connection, statement: &str) -> Result<Vec<String>, rusqlite::Error> {
    let mut explained = connection.prepare(&format!("EXPLAIN QUERY PLAN {statement}"))?;
    for parameter in 1..=explained.parameter_count() {
        explained.raw_bind_parameter(parameter, 1)?;
    }
    let mut rows = explained.raw_query();
    let mut steps = Vec::new();
    while let Some(row) = rows.next()? {
        steps.push(row.get(3)?);
    }
    Ok(steps)
}

fn store() -> Result<Connection, Box<dyn std::error::Error>> {
    let mut connection = Connection::open_in_memory()?;
    schema::migrate(&mut connection).map_err(|fault| format!("{fault:?}"))?;
    Ok(connection)
}

fn scans(step: &str) -> bool {
    let mut words = step.split(' ');
    words.next() == Some("SCAN") && words.next().is_some_and(|table| GROWING.contains(&table))
}

#[test]
fn no_question_about_one_subject_walks_through_a_growing_table()
-> Result<(), Box<dyn std::error::Error>> {
    let connection = store()?;
    let groups = [
        definitions::SEARCHES,
        definitions::OF_DEFINITIONS,
        subjects::SEARCHES,
        briefs::SEARCHES,
        write::subjects::SEARCHES,
        write::names::SEARCHES,
        write::settle::SEARCHES,
        records::SEARCHES,
    ];
    for statement in groups.concat() {
        let steps = plan(&connection, statement)?;
        let bad = steps
            .iter()
            .find(|step| scans(step) || step.contains("TEMP"));
        assert_eq!(bad, None, "{statement}\n{steps:#?}");
    }
    Ok(())
}

#[test]
fn a_walk_follows_an_index_and_never_sorts() -> Result<(), Box<dyn std::error::Error>> {
    let connection = store()?;
    let groups = [
        walk::WALKS,
        write::names::WALKS,
        history::SEARCHES,
        retell::SEARCHES,
        search::SEARCHES,
    ];
    for statement in groups.concat() {
        let steps = plan(&connection, statement)?;
        let sorts = steps.iter().any(|step| step.contains("TEMP B-TREE"));
        assert!(!sorts, "{statement}\n{steps:#?}");
        let scans: Vec<_> = steps.iter().filter(|step| scans(step)).collect();
        let allowed = ["SCAN s USING", "SCAN subject", "SCAN revision"];
        let fine = |step: &&String| allowed.iter().any(|prefix| step.starts_with(prefix));
        assert!(
            scans.len() <= 1 && scans.iter().all(fine),
            "{statement}\n{steps:#?}"
        );
    }
    Ok(())
}

#[test]
fn a_pass_reads_each_table_in_the_order_that_it_lies_in() -> Result<(), Box<dyn std::error::Error>>
{
    let connection = store()?;
    for statement in [briefs::PASSES, naming::PASSES].concat() {
        let steps = plan(&connection, statement)?;
        // By an index it would be led from each entry to a row somewhere else.
        let straight =
            matches!(&steps[..], [only] if only.starts_with("SCAN ") && !only.contains("INDEX"));
        assert!(straight, "{statement}\n{steps:#?}");
    }
    let steps = plan(&connection, briefs::SEARCHING_PASS)?;
    let found = matches!(&steps[..], [pass, search] if pass == "SCAN s"
        && search.starts_with("SEARCH o USING PRIMARY KEY"));
    assert!(found, "{steps:#?}");
    Ok(())
}
