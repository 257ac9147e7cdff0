using Moat.Hosting;

namespace Moat.Cli.Doctor;

/// <summary>The running server, for health checks of containers.</summary>
internal static class ServingFindings
{
    private const string About = "server";
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    public static async Task<Finding> Of(ServerOptions server, CancellationToken ct)
    {
        // Hosts that mean every address of the machine are asked at this one.
        var asked = new UriBuilder(AddressFindings.Listening(server)) { Path = "/health/ready" };
        if (asked.Host is "0.0.0.0" or "[::]")
            asked.Host = "127.0.0.1";
        using var client = new HttpClient { Timeout = LongestWait };
        try
        {
            using var answer = await client.GetAsync(asked.Uri, ct);
            var says = $"{asked.Uri} answers: {await answer.Content.ReadAsStringAsync(ct)}.";
            return answer.IsSuccessStatusCode
                ? Finding.Fine(About, says)
                : Finding.Broken(About, says, "Mend what is broken here; the server finds back by itself.");
        }
        catch (Exception e)
            when (e is HttpRequestException || e is TaskCanceledException && !ct.IsCancellationRequested)
        {
            return Finding.Broken(
                About,
                $"Nothing answers at {asked.Uri}: {e.Message}",
                "Start it with 'moat serve', or name with --url where it listens."
            );
        }
    }
}
