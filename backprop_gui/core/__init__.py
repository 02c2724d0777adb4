"""The mathematics: the network, its training, and every iteration of a run. No Qt."""
