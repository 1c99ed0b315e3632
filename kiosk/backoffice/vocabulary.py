"""What pages say to buyers and couriers, who read eight languages: a vocabulary each part."""

from types import ModuleType

# In the order in which they are offered.
LANGUAGES = ("fr", "en", "de", "es", "it", "nl", "ar", "ja")

Words = dict[str, str]


class Vocabulary(dict[str, Words]):
    """A language's code → its words, by their keys."""

    @classmethod
    def of_modules(cls, *modules: ModuleType, table: str = "WORDS") -> "Vocabulary":
        """From one module a language, named like it."""
        tables = {module.__name__.rpartition(".")[2]: getattr(module, table) for module in modules}
        return cls((language, tables[language]) for language in LANGUAGES)

    def spoken(self, language: str) -> str:
        """`language`; English where we do not speak it."""
        return language if language in self else "en"

    def words_in(self, language: str) -> Words:
        """The words of the language that is `spoken`."""
        return self[self.spoken(language)]
