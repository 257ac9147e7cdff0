using Moat.Isms.Kernel.Journal;
using Moat.Storage.Blobs;
using Moat.Storage.Keys;

namespace Moat.Storage;

/// <summary>Where an installation keeps its data.</summary>
public sealed record StorageOptions
{
    /// <summary>The data folder: the SQLite file, keys and blobs.</summary>
    public required string DataFolder { get; init; }

    /// <summary>A PostgreSQL connection string; without one SQLite in the data folder is used.</summary>
    public string? Postgres { get; init; }

    /// <summary>The file of the journal's key, where it is not in the data folder.</summary>
    public string? JournalKeyFile { get; init; }

    /// <summary>The environment variable that holds the journal's key, where no file does.</summary>
    public string? JournalKeyVariable { get; init; }

    /// <summary>
    /// The file of the key that seals keys of cookies, forms and stored secrets, where it is not in the data folder.
    /// </summary>
    public string? ProtectionKeyFile { get; init; }

    /// <summary>That key itself, as 32 bytes in Base64, where no file holds it.</summary>
    public string? ProtectionKey { get; init; }

    /// <summary>The SQLite file.</summary>
    public string SqliteFile => Path.Combine(DataFolder, "moat.db");

    /// <summary>The folder of signing and data-protection keys.</summary>
    public string KeyFolder => Path.Combine(DataFolder, "keys");

    /// <summary>The folder of file contents.</summary>
    public string BlobFolder => Path.Combine(DataFolder, "blobs");

    /// <summary>The bucket that file contents are kept in, where they are not in the folder.</summary>
    public BucketOptions? Bucket { get; init; }

    /// <summary>What keeps file contents.</summary>
    public IKeptFiles KeptFiles(TimeProvider clock) =>
        Bucket is { } bucket ? new BucketBlobs(bucket, clock) : new FolderBlobs(BlobFolder);

    /// <summary>The file of the key that seals other keys, where a file holds it.</summary>
    public string ProtectionKeyPath => ProtectionKeyFile ?? Path.Combine(KeyFolder, ProtectionSecret.FileName);

    /// <summary>Whether the journal's key is held outside the data folder, and so outside its backups.</summary>
    public bool KeyIsOutside => JournalKeyFile is not null || JournalKeyVariable is not null;

    /// <summary>Whether the key that seals other keys is held outside the data folder and its backups.</summary>
    public bool ProtectionIsOutside => ProtectionKeyFile is not null || ProtectionKey is not null;

    /// <summary>What holds the journal's key.</summary>
    public IKeyHolder KeyHolder() =>
        JournalKeyVariable is { } variable ? new EnvironmentKeyHolder(variable, Environment.GetEnvironmentVariable)
        : JournalKeyFile is { } file ? new FileKeyHolder(file, "the file that --journal-key names")
        : new FileKeyHolder(Path.Combine(KeyFolder, "journal.key"), "keys/journal.key of the data folder");
}
