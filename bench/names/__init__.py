"""Do Latin and Arabic spellings of real names find each other? Run: python -m bench.names [--tuning] [--misses 30]"""
