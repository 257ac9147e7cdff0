using System.Collections.Concurrent;
using Moat.Isms.Kernel;
using Moat.Storage;

namespace Moat.Tests;

/// <summary>
/// A company that is made once in a run and copied for each test that begins where it stands: making it takes seconds,
/// copying it milliseconds.
/// </summary>
internal sealed record PreparedCompany(TemporaryFolder Folder, string? Postgres, Caller Owner, DateTimeOffset Now)
{
    private static readonly ConcurrentDictionary<(string Name, string Database), Lazy<Task<PreparedCompany>>> Made =
        new();

    /// <summary>A copy of the company with this name; the first test that asks makes it.</summary>
    public static async Task<Company> Copy(string name, string database, Func<Task<Company>> make)
    {
        var prepared = await Made.GetOrAdd((name, database), _ => new(() => Make(make))).Value;
        var folder = new TemporaryFolder();
        CopyFolder(prepared.Folder.Path, folder.Path);
        var postgres = prepared.Postgres is { } template ? await PostgresCluster.NewDatabase(template) : null;
        return new Company(new StorageOptions { DataFolder = folder.Path, Postgres = postgres }, folder, prepared.Now)
        {
            Owner = prepared.Owner,
        };
    }

    /// <summary>Removes what was prepared.</summary>
    public static async Task End()
    {
        // One that could not be made, such as without its database, left nothing.
        foreach (var made in Made.Values.Where(m => m.Value.IsCompletedSuccessfully))
            (await made.Value).Folder.Dispose();
    }

    private static async Task<PreparedCompany> Make(Func<Task<Company>> make)
    {
        var company = await make();
        return new PreparedCompany(
            await company.Leave(),
            company.Storage.Postgres,
            company.Owner,
            company.Clock.GetUtcNow()
        );
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }
}
