using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Moat.Storage;
using Moat.Storage.Accounts;
using Moat.Storage.Keys;

namespace Moat.Hosting.Keys;

/// <summary>
/// The keys of cookies, forms and stored secrets, in the database, so that every server of it has the same. Keys that
/// an older version kept in the data folder are taken over.
/// </summary>
internal sealed partial class StoredKeyRing(
    IServiceScopeFactory scopes,
    ProtectionSecret secret,
    StorageOptions storage,
    TimeProvider clock,
    ILogger<StoredKeyRing> log
) : IXmlRepository
{
    /// <inheritdoc />
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        var kept = scope.ServiceProvider.GetRequiredService<AccountsDb>().ProtectionKeys.AsNoTracking().ToList();
        var open = kept.Select(k => secret.Open(k.Id, k.Sealed)).OfType<string>().Select(XElement.Parse).ToList();
        if (open.Count < kept.Count)
            Unreadable(kept.Count - open.Count);
        foreach (var (id, element) in InFolder().Where(f => kept.All(k => k.Id != f.Id)))
        {
            StoreElement(element, id);
            open.Add(element);
        }
        return open;
    }

    /// <inheritdoc />
    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        db.Add(
            new ProtectionKey
            {
                Id = friendlyName,
                Sealed = secret.Seal(friendlyName, element.ToString(SaveOptions.DisableFormatting)),
                AddedAt = clock.GetUtcNow().UtcDateTime,
            }
        );
        try
        {
            db.SaveChanges();
        }
        catch (DbUpdateException) when (db.ProtectionKeys.AsNoTracking().Any(k => k.Id == friendlyName))
        {
            // Another server took the same key over at this moment.
        }
    }

    private IEnumerable<(string Id, XElement Element)> InFolder() =>
        new DirectoryInfo(Path.Combine(storage.KeyFolder, "protection")) is { Exists: true } folder
            ? folder
                .EnumerateFiles("*.xml")
                .Select(f => (Path.GetFileNameWithoutExtension(f.Name), XElement.Load(f.FullName)))
            : [];

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Count} keys of cookies and stored secrets in the database do not open with keys/protection.key of this data folder. Copy that file from the server that made them, or from a backup"
    )]
    private partial void Unreadable(int count);
}
