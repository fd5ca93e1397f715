"""Life of the pairs: what stands in «Пары», what people decided, what the matching gets and gives."""
