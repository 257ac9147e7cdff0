namespace Moat.Tests;

/// <summary>
/// Real files of other projects beside the repository; tests that read them skip where they are absent.
/// </summary>
internal static class Corpus
{
    private static readonly string? Root = Find();

    public static string Of(string path)
    {
        if (Root is null)
            Assert.Skip("The corpus of real files is not beside this repository.");
        return Path.Combine(Root, path);
    }

    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.GetFiles(Of(folder), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "shared", "corpus")))
                return Path.Combine(folder.FullName, "shared", "corpus");
        return null;
    }
}
