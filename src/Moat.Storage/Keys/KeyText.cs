using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Storage.Keys;

/// <summary>
/// Keys as text: name and seed in Base64, one pair after the other, the newest last; whatever white space separates
/// them.
/// </summary>
public static class KeyText
{
    /// <summary>
    /// Reads them. Throws <see cref="Unavailable"/>, naming the place and never the text, when it is something else.
    /// </summary>
    public static IReadOnlyList<SeedKey> Read(string text, string place)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        try
        {
            if (words.Length == 0 || words.Length % 2 != 0)
                throw new FormatException();
            return [.. words.Chunk(2).Select(pair => new SeedKey(pair[0], Convert.FromBase64String(pair[1])))];
        }
        catch (FormatException)
        {
            throw new Unavailable(
                $"What is in {place} is not the key of a journal: a name and 32 bytes in Base64 are needed. Put the key back "
                    + "from a backup."
            );
        }
    }

    /// <summary>A new key of this name.</summary>
    public static string New(string name) => $"{name}\n{Convert.ToBase64String(SeedKey.NewSeed())}\n";
}
