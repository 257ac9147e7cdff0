using System.Globalization;
using System.Net;
using System.Text;
using Moat.Isms.Anchors;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Hosting.Anchors;

/// <summary>
/// A witness, asked as C2SP tlog-witness has it: it remembers the longest checkpoint that it signed, and signs only
/// what continues it.
/// </summary>
internal sealed class WitnessPlace : IAnchorPlace, IDisposable
{
    private readonly WitnessAddress _address;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = TimeSpan.FromSeconds(15),
        MaxResponseContentBufferSize = 64 * 1024,
    };

    public WitnessPlace(WitnessAddress address) => _address = address;

    /// <inheritdoc />
    public AnchorTarget Target =>
        new($"the witness {_address.Key.Name} at {_address.Url.Authority}".Cut(300), AnchorKind.Witness);

    /// <inheritdoc />
    public async Task<AnchorResult> Send(string organization, OutgoingAnchor anchor, Prover prove, CancellationToken ct)
    {
        try
        {
            var answer = await Ask(anchor, anchor.HeldSize, prove, ct);
            if (answer.Knows is not { } knows)
                return answer.Result!;
            // It says itself how much it has seen: more than this server remembers after a crash, or more than the
            // journal has after a restore.
            if (knows > anchor.Size)
                return AnchorResult.Contradicted(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"It has signed a checkpoint of {knows} entries, and the journal has {anchor.Size} now: it was rolled back."
                    )
                );
            answer = await Ask(anchor, knows, prove, ct);
            return answer.Result ?? AnchorResult.Failed("It names another size at each question.");
        }
        catch (HttpRequestException e)
        {
            return AnchorResult.Failed($"It cannot be reached: {e.Message}".Cut(900));
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            return AnchorResult.Failed($"It did not answer within {_http.Timeout.TotalSeconds} seconds.");
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private async Task<(AnchorResult? Result, long? Knows)> Ask(
        OutgoingAnchor anchor,
        long old,
        Prover prove,
        CancellationToken ct
    )
    {
        var proof = old is > 0 && old < anchor.Size ? (await prove(old, anchor.Size, ct)).Hashes : [];
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $"old {old}\n{string.Concat(proof.Select(h => Convert.ToBase64String(h) + "\n"))}\n{anchor.Checkpoint}"
        );
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        using var answer = await _http.PostAsync(
            new Uri($"{_address.Url.AbsoluteUri.TrimEnd('/')}/add-checkpoint"),
            content,
            ct
        );
        var said = await answer.Content.ReadAsStringAsync(ct);
        if (answer.StatusCode == HttpStatusCode.Conflict && Size(said) is { } knows)
            return knows == old ? (Contradiction(old), null) : (null, knows);
        return (
            answer.StatusCode switch
            {
                HttpStatusCode.OK => Cosigned(anchor, said),
                // The proof is right for this journal, so what the witness remembers is not its beginning.
                HttpStatusCode.UnprocessableEntity or HttpStatusCode.Conflict => Contradiction(old),
                HttpStatusCode.NotFound => AnchorResult.Failed(
                    $"It does not know this journal. Whoever runs it names its key: moat witness --trust {anchor.VerifierKey}"
                ),
                HttpStatusCode.Forbidden => AnchorResult.Failed(
                    $"It knows this journal with another key. The journal's key is {anchor.VerifierKey}"
                ),
                _ => AnchorResult.Failed(
                    string.Create(
                            CultureInfo.InvariantCulture,
                            $"It answers {(int)answer.StatusCode} {answer.ReasonPhrase}."
                        )
                        .Cut(900)
                ),
            },
            null
        );
    }

    private AnchorResult Cosigned(OutgoingAnchor anchor, string lines)
    {
        if (_address.Key.Find(SignedNote.TextOf(anchor.Checkpoint), lines) is not { } at)
            return AnchorResult.Failed("Its answer is not signed with its key for this checkpoint.");
        var own = lines.Split('\n').Where(l => _address.Key.Find(SignedNote.TextOf(anchor.Checkpoint), l) is not null);
        return AnchorResult.Held(
            string.Create(CultureInfo.InvariantCulture, $"Cosigned on {at:d MMMM yyyy HH:mm:ss} UTC."),
            anchor.Checkpoint + string.Concat(own.Select(l => l + "\n"))
        );
    }

    private static AnchorResult Contradiction(long old) =>
        AnchorResult.Contradicted(
            string.Create(
                CultureInfo.InvariantCulture,
                $"It has signed a checkpoint of {old} that are not the journal's first {old} now: it was rewritten, or went on from an older state."
            )
        );

    private static long? Size(string said) =>
        long.TryParse(said.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;
}
