using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Metadata;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Storage.Accounts;

/// <summary>
/// An account with everything by which somebody gets in with it, read in one statement and so of one moment.
/// </summary>
internal sealed class WholeAccount
{
    /// <summary>Its row.</summary>
    public required Account Account { get; init; }

    /// <summary>The key of its authenticator and its recovery codes.</summary>
    public required List<IdentityUserToken<Guid>> Tokens { get; init; }

    /// <summary>Identity providers through which it may sign in; none in this version.</summary>
    public required List<IdentityUserLogin<Guid>> Logins { get; init; }

    /// <summary>What it claims; nothing in this version.</summary>
    public required List<IdentityUserClaim<Guid>> Claims { get; init; }
}

/// <summary>
/// The seal of an account: a signature of the installation's journal key over everything by which somebody gets in with
/// it. Whoever can write to the database and does not hold the key can change an account, and not seal it.
/// </summary>
internal static class AccountSeal
{
    // A checkpoint begins with the name of its key, so that neither text is ever taken for the other.
    private const string Title = "Moat account seal 1";

    /// <summary>The seal of an account as it is now.</summary>
    public static string Make(IModel model, WholeAccount whole, NoteSigner signer)
    {
        var text = Text(model, whole);
        return signer.Sign(text)[(text.Length + 1)..].TrimEnd('\n');
    }

    /// <summary>Whether the account has a seal of this installation's key that fits what is stored.</summary>
    public static bool Fits(IModel model, WholeAccount whole, JournalKeys keys)
    {
        var text = Text(model, whole);
        return whole.Account.Seal is { } seal && keys.HaveSigned($"{text}\n{seal}\n", text);
    }

    private static string Text(IModel model, WholeAccount whole)
    {
        var content = new JsonObject { ["account"] = Fields(model, whole.Account) };
        content["tokens"] = Rows(model, whole.Tokens);
        content["logins"] = Rows(model, whole.Logins);
        content["claims"] = Rows(model, whole.Claims);
        return $"{Title}\n{whole.Account.Id}\n{Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Bytes(content)))}\n";
    }

    private static JsonArray Rows<T>(IModel model, IEnumerable<T> rows)
        where T : class =>
        [
            .. rows.Select(r => CanonicalJson.Text(Fields(model, r)))
                .Order(StringComparer.Ordinal)
                .Select(t => (JsonNode)t),
        ];

    // What is empty is left out: a column that a later version adds leaves seals as they are.
    private static JsonObject Fields(IModel model, object row)
    {
        var fields = new JsonObject();
        foreach (
            var property in model
                .FindEntityType(row.GetType())!
                .GetProperties()
                .Where(p => p.Name != nameof(Account.Seal) && !IsCounter(p))
        )
            if (property.PropertyInfo!.GetValue(row) is { } value)
                fields[property.Name] = Words(value);
        return fields;
    }

    // The database numbers claims when they are stored, which is after they are sealed.
    private static bool IsCounter(IProperty property) => property.IsPrimaryKey() && property.ClrType == typeof(int);

    private static string Words(object value) =>
        value switch
        {
            DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };
}
