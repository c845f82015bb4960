//! The least an axum program can do: it answers every request with the same JSON, whose text is the
//! first argument. Where it listens, it says in its first line.

use std::error::Error;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::any;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let text = std::env::args().nth(1).ok_or("which text?")?;
    let text: &'static str = text.leak();
    let answer = move || async move { ([(CONTENT_TYPE, "application/json")], text) };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, Router::new().fallback(any(answer))).await?;
    Ok(())
}
