//! What the names of claims and header members mean, in a few words each.
//!
//! From the registries of IANA (RFC 7519 §10.1, RFC 7515 §9.1), from OpenID Connect, and from the
//! two products whose tokens carry features. A name that is not here was chosen by whoever issued
//! the token.

/// What is said of a claim that no product or registry known here defines.
pub const CUSTOM_CLAIM: &str = "custom claim";

/// Claims by name.
const CLAIMS: [(&str, &str); 54] = [
    ("iss", "issuer: who made the token"),
    ("sub", "subject: the user"),
    ("aud", "audience: whom the token is for"),
    ("exp", "expires: from then on it is refused"),
    ("nbf", "not before: until then it is refused"),
    ("iat", "issued at"),
    ("jti", "this token's own number"),
    ("sid", "the session"),
    ("org_id", "the organization chosen at sign-in"),
    ("role", "the role in the organization"),
    ("roles", "the roles in the organization"),
    ("permissions", "what the roles permit"),
    ("entitlements", "what the organization bought (WorkOS)"),
    ("feature_flags", "features that are on (WorkOS)"),
    ("features", "features and their values (Astapa)"),
    ("custom_claims", "claims that the project added"),
    ("customClaims", "claims that a JWT template added (WorkOS)"),
    ("plan", "the plan, where no product here looks for it"),
    ("client_id", "the application that asked for the token"),
    ("azp", "the application the token was issued to"),
    ("scope", "what the application may do"),
    ("scp", "what the application may do"),
    ("act", "who acts in the subject's name"),
    ("may_act", "who may act in the subject's name"),
    ("cnf", "the key that the token is bound to"),
    ("auth_time", "when the user signed in"),
    ("acr", "how strictly the user was authenticated"),
    ("amr", "by which means the user was authenticated"),
    ("nonce", "ties the token to one sign-in"),
    ("at_hash", "ties an ID token to its access token"),
    ("c_hash", "ties an ID token to its code"),
    ("s_hash", "ties an ID token to its state"),
    ("events", "what happened (a security event token)"),
    ("txn", "the transaction"),
    ("groups", "the user's groups"),
    ("name", "the user's name"),
    ("given_name", "the user's given name"),
    ("family_name", "the user's family name"),
    ("middle_name", "the user's middle name"),
    ("nickname", "the user's nickname"),
    ("preferred_username", "the name the user goes by"),
    ("email", "the user's e-mail address"),
    ("email_verified", "whether the address was confirmed"),
    ("phone_number", "the user's telephone number"),
    ("phone_number_verified", "whether the number was confirmed"),
    ("picture", "the user's picture"),
    ("profile", "the user's profile page"),
    ("website", "the user's web site"),
    ("gender", "the user's gender"),
    ("birthdate", "the user's birthday"),
    ("zoneinfo", "the user's time zone"),
    ("locale", "the user's language"),
    ("address", "the user's postal address"),
    ("updated_at", "when the user's particulars last changed"),
];

/// Header members by name.
const HEADER: [(&str, &str); 16] = [
    ("alg", "the algorithm it claims to be signed with"),
    ("kid", "which of the issuer's keys it names"),
    ("typ", "what kind of token it is"),
    ("cty", "what kind of content it has"),
    ("crit", "members that a reader has to understand"),
    ("jku", "where it says its keys are"),
    ("jwk", "a key that it brings along"),
    ("x5u", "where it says its certificate is"),
    ("x5c", "a certificate that it brings along"),
    ("x5t", "the fingerprint of a certificate (SHA-1)"),
    ("x5t#S256", "the fingerprint of a certificate (SHA-256)"),
    ("b64", "whether the payload is encoded"),
    ("iss", "the issuer, repeated"),
    ("sub", "the subject, repeated"),
    ("aud", "the audience, repeated"),
    ("nonce", "a number of the issuer's"),
];

/// What a claim means; `None` for one that its issuer made up.
#[must_use]
pub fn claim_meaning(name: &str) -> Option<&'static str> {
    look_up(&CLAIMS, name)
}

/// What a header member means; `None` for one that its issuer made up.
#[must_use]
pub fn header_meaning(name: &str) -> Option<&'static str> {
    look_up(&HEADER, name)
}

/// Whether a claim is a moment, in seconds since 1970.
#[must_use]
pub fn is_moment(name: &str) -> bool {
    ["iat", "nbf", "exp", "auth_time", "updated_at"].contains(&name)
}

fn look_up(table: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    let found = table.iter().find(|(known, _)| *known == name);
    found.map(|(_, meaning)| *meaning)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_name_has_one_meaning_and_others_have_none() {
        for table in [&CLAIMS[..], &HEADER] {
            let names: BTreeSet<&str> = table.iter().map(|(name, _)| *name).collect();
            assert_eq!(names.len(), table.len());
        }
        assert_eq!(claim_meaning("jti"), Some("this token's own number"));
        assert_eq!(claim_meaning("Jti"), None);
        assert_eq!(claim_meaning("team"), None);
        assert_eq!(header_meaning("jku"), Some("where it says its keys are"));
        assert!(is_moment("auth_time") && !is_moment("sub"));
    }
}
