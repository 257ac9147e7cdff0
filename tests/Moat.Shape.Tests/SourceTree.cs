namespace Moat.Tests;

/// <summary>The files of the repository that these tests are built from.</summary>
internal static class SourceTree
{
    private static readonly string[] NotOurs = ["node_modules", "obj", "bin"];

    private static readonly string Root = FindRoot();

    /// <summary>
    /// The files below a folder with one of the endings: their path from the root of the repository, and their text.
    /// </summary>
    public static IEnumerable<(string Path, string Text)> Read(string folder, params string[] extensions) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Where(f => extensions.Contains(Path.GetExtension(f)))
            .Select(f => (Path: Path.GetRelativePath(Root, f), File: f))
            .Where(f => !f.Path.Split('/').Any(NotOurs.Contains))
            .Select(f => (f.Path, File.ReadAllText(f.File)));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Moat.slnx")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
