"""The staff's pages on the way of an edition to the public: overview, one edition, comparison of two."""
