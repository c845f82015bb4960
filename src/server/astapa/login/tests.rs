use super::*;

const NOW: i64 = 1_700_000_000_000;

fn begin(kind: Kind) -> NewLogin {
    let beginning = Beginning {
        user: "ana".parse().unwrap(),
        client: None,
        expires: NOW + LIFETIME,
        kind,
        redirect_uri: None,
    };
    Login::begin(beginning, NOW).unwrap()
}

fn ticket(kind: Kind, text: &Secret) -> Ticket {
    Ticket::read(kind, text.reveal()).unwrap()
}

/// Shows a refresh token and renews the login with it.
fn renewed(login: &mut Login, shown: &Secret, now: i64) -> Secret {
    let ticket = ticket(Kind::Refresh, shown);
    assert_eq!(login.judge(&ticket, None, None, now), Verdict::Good);
    login.renew(&ticket, None, &Seed::draw().unwrap(), now)
}

fn verdict(login: &Login, shown: &Secret, now: i64) -> Verdict {
    login.judge(&ticket(Kind::Refresh, shown), None, None, now)
}

#[test]
fn a_refresh_token_that_was_used_is_a_copy_once_its_grace_is_over() {
    let NewLogin {
        secret, mut login, ..
    } = begin(Kind::Refresh);
    let second = renewed(&mut login, &secret, NOW);
    assert_eq!(verdict(&login, &secret, NOW + GRACE), Verdict::Good);
    assert_eq!(verdict(&login, &secret, NOW + GRACE + 1), Verdict::Copied);
    assert_eq!(verdict(&login, &second, NOW + GRACE + 1), Verdict::Good);
}

#[test]
fn a_lost_answer_is_given_again_until_the_next_token_is_used() {
    let NewLogin {
        secret, mut login, ..
    } = begin(Kind::Refresh);
    let second = renewed(&mut login, &secret, NOW);
    let again = renewed(&mut login, &secret, NOW + 1000);
    assert_eq!(second.reveal(), again.reveal());
    let third = renewed(&mut login, &second, NOW + 2000);
    assert_eq!(verdict(&login, &secret, NOW + 3000), Verdict::Copied);
    assert_eq!(verdict(&login, &third, NOW + 3000), Verdict::Good);
}

#[test]
fn a_code_is_exchanged_once_in_its_time_and_where_it_was_sent() {
    let mut beginning = Beginning {
        user: "ana".parse().unwrap(),
        client: Some("client_a".to_owned()),
        expires: NOW + LIFETIME,
        kind: Kind::Code,
        redirect_uri: Some("https://app.example/back".to_owned()),
    };
    let made = Login::begin(beginning.clone(), NOW).unwrap();
    let (mut login, code) = (made.login, ticket(Kind::Code, &made.secret));
    let back = Some("https://app.example/back");
    let own = Some("client_a");
    assert_eq!(login.judge(&code, own, None, NOW), Verdict::Refused);
    assert_eq!(
        login.judge(&code, Some("client_b"), back, NOW),
        Verdict::Refused
    );
    let late = NOW + CODE_LIFETIME;
    assert_eq!(login.judge(&code, own, back, late), Verdict::Refused);
    assert!(!login.is_open(late) && login.is_open(NOW));
    assert_eq!(login.judge(&code, own, back, NOW), Verdict::Good);
    let next = login.renew(&code, own, &Seed::draw().unwrap(), NOW);
    let next = ticket(Kind::Refresh, &next);
    assert_eq!(login.judge(&next, own, None, late), Verdict::Good);
    assert_eq!(login.judge(&code, own, back, NOW), Verdict::Copied);
    beginning.redirect_uri = None;
    let made = Login::begin(beginning, NOW).unwrap();
    let code = ticket(Kind::Code, &made.secret);
    assert_eq!(made.login.judge(&code, own, back, NOW), Verdict::Good);
}

#[test]
fn a_login_belongs_to_the_first_client_that_uses_it() {
    let NewLogin {
        secret, mut login, ..
    } = begin(Kind::Refresh);
    let first = ticket(Kind::Refresh, &secret);
    let next = login.renew(&first, Some("client_a"), &Seed::draw().unwrap(), NOW);
    let next = ticket(Kind::Refresh, &next);
    let of = |client| login.judge(&next, Some(client), None, NOW);
    assert_eq!(of("client_b"), Verdict::Refused);
    assert_eq!(of("client_a"), Verdict::Good);
}

#[test]
fn neither_the_record_nor_an_old_token_tells_the_next() {
    let NewLogin {
        secret, mut login, ..
    } = begin(Kind::Refresh);
    assert!(!login.write().contains(secret.reveal()));
    let next = renewed(&mut login, &secret, NOW);
    assert!(!login.write().contains(next.reveal()));
    let other = ticket(Kind::Refresh, &secret).next(&Seed::draw().unwrap());
    assert_eq!(login.judge(&other, None, None, NOW), Verdict::Copied);
}

#[test]
fn what_is_no_text_of_ours_is_none() {
    let made = begin(Kind::Refresh);
    let text = made.secret.reveal();
    assert!(Ticket::read(Kind::Code, text).is_none());
    for bad in ["", "rt_", "rt_AAAA", &text[1..], &format!("{text}AA")] {
        assert!(Ticket::read(Kind::Refresh, bad).is_none(), "{bad}");
    }
    let read = Ticket::read(Kind::Refresh, text).unwrap();
    assert_eq!((read.login(), &*read.text()), (made.name, &text.to_owned()));
}

#[test]
fn a_login_ends_when_it_expires_or_is_revoked() {
    let NewLogin {
        secret, mut login, ..
    } = begin(Kind::Refresh);
    assert_eq!(verdict(&login, &secret, NOW + LIFETIME), Verdict::Refused);
    assert_eq!(Login::read(&login.write()), Some(login.clone()));
    login.revoke(NOW);
    assert_eq!(verdict(&login, &secret, NOW), Verdict::Refused);
    assert!(!login.is_open(NOW));
}
