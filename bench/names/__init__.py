"""Do Latin and Arabic spellings of real names find each other? Run: manage.py bench names [--tuning] [--misses 30]"""
