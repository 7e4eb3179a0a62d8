use crate::support::Collector;

#[tokio::test]
async fn a_collector_that_can_write_is_healthy_and_ready() {
    let collector = Collector::start();
    assert_eq!(collector.get("/healthz").await.text(), "ok");
    assert_eq!(collector.get("/readyz").await.text(), "ready");
}

#[tokio::test]
async fn a_collector_that_cannot_write_runs_but_is_not_ready() {
    let collector = Collector::start();
    collector.store.close();
    assert_eq!(collector.get("/healthz").await.status, 200);
    let answer = collector.get("/readyz").await;
    assert_eq!(answer.status, 503);
    assert_eq!(answer.header("retry-after"), "1");
    assert_eq!(answer.error().1, "unavailable");
}
