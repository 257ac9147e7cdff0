using System.Text.RegularExpressions;

namespace Moat.Tests;

/// <summary>The pages of the example company, found as a reader finds them: by following links.</summary>
internal static partial class ExamplePages
{
    private const int MostPages = 400;
    private const int MostOfAShape = 3;

    /// <summary>An address without what tells records of one kind apart.</summary>
    public static string Shape(string path) => Numbers().Replace(path.Split('?')[0], "N");

    /// <summary>The pages that links lead to, a few of each shape.</summary>
    public static async IAsyncEnumerable<(string Path, string Html)> Walk(HttpClient browser)
    {
        var (next, known, shapes, count) = (
            new Queue<string>(["/corvid"]),
            new HashSet<string> { "/corvid" },
            new Dictionary<string, int>(),
            0
        );
        while (next.TryDequeue(out var path) && count < MostPages)
        {
            using var answer = await browser.GetAsync(path);
            if (answer.Content.Headers.ContentType?.MediaType != "text/html")
                continue;
            count++;
            var html = await answer.Content.ReadAsStringAsync();
            yield return (path, html);
            foreach (
                var link in OwnLinks()
                    .Matches(html)
                    .Select(m => System.Net.WebUtility.HtmlDecode(m.Groups[1].Value).Split('#')[0])
            )
            {
                var shape = Shape(link);
                if (link.StartsWith("/corvid/thread/", StringComparison.Ordinal) || !known.Add(link))
                    continue;
                if ((shapes[shape] = shapes.GetValueOrDefault(shape) + 1) <= MostOfAShape)
                    next.Enqueue(link);
            }
        }
    }

    [GeneratedRegex("href=\"(/corvid[^\"]*)\"")]
    private static partial Regex OwnLinks();

    [GeneratedRegex("[0-9][0-9.]*")]
    private static partial Regex Numbers();
}
