using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Moat.Bench;

/// <summary>What came of sending many events.</summary>
internal sealed record Ingested(int Events, int Changed, TimeSpan Took, IReadOnlyList<long> ResidentMb);

/// <summary>
/// Sends facts through the REST batch door: 2,000 resources told of a hundred times each over three years, five in a
/// hundred of them with something new, checks evaluated on every change.
/// </summary>
internal static class Ingest
{
    private const int Resources = 2_000;
    private const int Rounds = 100;
    private const int BatchSize = 1_000;
    private const int Senders = 2;
    private const int DaysBetween = 11;

    public static async Task<Ingested> Run(string url, string slug, string token, Func<long> resident)
    {
        var memory = new List<long> { resident() };
        var changed = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(
            Enumerable
                .Range(0, Senders)
                .Select(async sender =>
                {
                    using var client = new HttpClient { BaseAddress = new Uri(url) };
                    client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
                    var random = new Random(sender);
                    var mine = Enumerable.Range(0, Resources).Where(r => r % Senders == sender).ToArray();
                    var failed = new int[Resources];
                    for (var round = 0; round < Rounds; round++)
                    {
                        foreach (var batch in mine.Chunk(BatchSize))
                        {
                            var body = Batch(batch, round, failed, random);
                            using var content = new StringContent(
                                body,
                                Encoding.UTF8,
                                "application/cloudevents-batch+json"
                            );
                            using var response = await client.PostAsync($"/api/v1/{slug}/events", content);
                            response.EnsureSuccessStatusCode();
                            Interlocked.Add(
                                ref changed,
                                (int)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["changed"]!
                            );
                        }
                        if (sender == 0 && round % 20 == 19)
                            memory.Add(resident());
                    }
                })
        );
        return new Ingested(Resources * Rounds, changed, watch.Elapsed, memory);
    }

    private static string Batch(int[] resources, int round, int[] failed, Random random)
    {
        var time = TimeProvider
            .System.GetUtcNow()
            .UtcDateTime.AddDays(-(Rounds - round) * DaysBetween)
            .ToString("O", CultureInfo.InvariantCulture);
        var text = new StringBuilder("[");
        foreach (var r in resources)
        {
            if (random.Next(100) < 5)
                failed[r] = failed[r] == 0 ? 1 + random.Next(5) : 0;
            if (text.Length > 1)
                text.Append(',');
            text.Append(
                CultureInfo.InvariantCulture,
                $$$"""
                {"specversion":"1.0","id":"{{{round}}}-{{{r}}}","source":"https://ci.bench.test","type":"data.validation","subject":"pipeline-{{{r}}}/notes","time":"{{{time}}}","datacontenttype":"application/json",
                "data":{"name":"pipeline-{{{r}}}/notes","suite":"clinical-notes","dataset":"notes-{{{r}}}","success":{{{(
                    failed[r] == 0 ? "true" : "false"
                )}}},"evaluated":24,"failed":{{{failed[r]}}},"percent":{{{100
                    - failed[r] * 4}}},"exceptions":0,"failing":[]}}
                """
            );
        }
        return text.Append(']').ToString();
    }
}
