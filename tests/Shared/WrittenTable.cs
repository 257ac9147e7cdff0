namespace Moat.Tests;

/// <summary>
/// A part of a document that a test makes from the code; with MOAT_WRITE_DOCS=1 it is written anew instead of compared.
/// </summary>
internal static class WrittenTable
{
    private const string Rewrite = "MOAT_WRITE_DOCS";

    /// <summary>Holds what stands between two marks of a document against what it has to be.</summary>
    public static void Check(string document, string begin, string end, string table)
    {
        var path = Repository.Of($"docs/{document}");
        var written = File.ReadAllText(path).ReplaceLineEndings("\n");
        var (from, to) = (
            written.IndexOf(begin, StringComparison.Ordinal) + begin.Length,
            written.IndexOf(end, StringComparison.Ordinal)
        );
        var now = written[..from] + table + written[to..];
        if (Environment.GetEnvironmentVariable(Rewrite) == "1")
            File.WriteAllText(path, now);
        else
            Assert.Equal(now, written);
    }
}
