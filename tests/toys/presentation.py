from directory.presentation import PublicEntry


class WorkshopPage(PublicEntry):
    @property
    def facts(self):
        return [("Country", self.values["country"]), ("Places", self.shown("opening"))]

    @property
    def themes(self):
        return self.chips("themes", "theme")
