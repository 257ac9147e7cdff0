namespace Moat.Hosting.Settings;

/// <summary>How far two names are from each other, to guess which one was meant.</summary>
internal static class Spelling
{
    /// <summary>How many letters have to be put in, left out or exchanged; capitals are the same letters.</summary>
    public static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var before = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]);
                (row[j], before) = (Math.Min(Math.Min(row[j], row[j - 1]) + 1, before + (same ? 0 : 1)), row[j]);
            }
        }
        return row[b.Length];
    }
}
