"""The failover test's parts: a network, a cluster on it, servers, a load, blows, and a judge."""
