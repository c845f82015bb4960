//! The page at `/`, as it is sent; what it does in a browser is tested there.

use super::kit::{Server, answered};
use crate::cli::kit::Place;

#[test]
fn the_page_is_three_files_that_ask_for_nothing_else_and_need_no_key() {
    let place = Place::shop();
    let _key = super::kit::key(&place, "reader", flags::server::access::Scope::Read);
    let server = Server::start(&place, &[]);
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/page.css", "text/css; charset=utf-8"),
        ("/page.js", "text/javascript; charset=utf-8"),
    ] {
        let reply = server.get(path);
        assert_eq!(reply.status, 200, "{path}");
        assert_eq!(reply.header("content-type"), Some(kind));
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(reply.header("set-cookie"), None);
        let policy = reply.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self';"),
            "{policy}"
        );
        assert!(
            !policy.contains("unsafe") && !policy.contains('*'),
            "{policy}"
        );
        for elsewhere in ["http:", "https:", "//cdn"] {
            let text = reply.body.replace("http://www.w3.org/2000/svg", "");
            assert!(!text.contains(elsewhere), "{path} asks for {elsewhere}");
        }
        let tag = reply.header("etag").unwrap();
        let again = answered(server.request("GET", path).header("if-none-match", tag));
        assert_eq!((again.status, &*again.body), (304, ""), "{path}");
    }
    let page = server.get("/").body;
    for inline in ["<style", " style=", " onclick=", "<script>"] {
        assert!(!page.contains(inline), "{inline}");
    }
}

#[test]
fn where_the_native_protocol_is_not_spoken_there_is_no_page() {
    let place = Place::shop();
    let server = Server::start(&place, &["--insecure-no-auth", "--protocol", "ofrep"]);
    assert_eq!(server.get("/").status, 404);
}
