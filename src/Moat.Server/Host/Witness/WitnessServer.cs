using System.Globalization;
using System.Text;
using Moat.Isms.Kernel.Journal;

namespace Moat.Server.Host.Witness;

/// <summary>How a witness is run.</summary>
public sealed record WitnessOptions
{
    /// <summary>Where it keeps its key and what it cosigned.</summary>
    public required string Folder { get; init; }

    /// <summary>Where it listens.</summary>
    public required string Url { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>The keys of the journals that it watches. It cosigns for nobody else.</summary>
    public required IReadOnlyList<NoteVerifier> Trusted { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>
/// A witness (C2SP tlog-witness): whoever runs it, a customer or a consultant, holds a journal to its past without
/// reading it. It sees a size and a hash, remembers the longest checkpoint of each journal, and cosigns only what
/// continues it.
/// </summary>
public sealed class WitnessServer(WitnessBook book, IReadOnlyList<NoteVerifier> trusted, TimeProvider clock)
    : IDisposable
{
    private const int LargestRequest = 64 * 1024;
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>A server that is ready to run.</summary>
    public static WebApplication Build(WitnessOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { EnvironmentName = Environments.Production }
        );
        builder.WebHost.UseUrls(options.Url);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestRequest;
        });
        builder
            .Logging.ClearProviders()
            .AddSimpleConsole(console => console.SingleLine = true)
            .SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(_ => new WitnessBook(options.Folder, options.Name));
        builder.Services.AddSingleton(found => new WitnessServer(
            found.GetRequiredService<WitnessBook>(),
            options.Trusted,
            options.Clock
        ));
        var app = builder.Build();
        // Opened now, so that a folder that another witness works with is told before anybody asks.
        var witness = app.Services.GetRequiredService<WitnessServer>();
        app.MapPost(
            "/add-checkpoint",
            async (HttpRequest request, CancellationToken ct) => await witness.Add(request, ct)
        );
        app.MapGet("/", () => Results.Text(witness.Describe()));
        return app;
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    /// <summary>Who the witness is and what it has cosigned, for people.</summary>
    public string Describe() =>
        $"A witness of journals (https://c2sp.org/tlog-witness). Its key:\n{book.Signer.Verifier}\n\n{string.Join('\n', book.All())}";

    /// <summary>
    /// Cosigns a checkpoint, or says why not. Looking, remembering and answering is one step: nobody else gets in
    /// between.
    /// </summary>
    public async Task<(int Status, string Body)> Add(string body, CancellationToken ct)
    {
        if (WitnessRequest.Read(body) is not { } request)
            return (StatusCodes.Status400BadRequest, "This is no request as https://c2sp.org/tlog-witness has it.\n");
        var keys = trusted.Where(k => Checkpoint.IsBelow(request.Checkpoint.Origin, k.Name)).ToList();
        if (keys.Count == 0)
            return (StatusCodes.Status404NotFound, "This witness does not know the journal.\n");
        if (!keys.Any(k => Checkpoint.Open(request.Note, k) is not null))
            return (
                StatusCodes.Status403Forbidden,
                "The checkpoint is not signed with a key that this witness trusts.\n"
            );
        if (request.Old > request.Checkpoint.Size)
            return (StatusCodes.Status400BadRequest, "The old size is larger than the checkpoint's.\n");
        await _turn.WaitAsync(ct);
        try
        {
            return Decide(request);
        }
        finally
        {
            _turn.Release();
        }
    }

    private (int Status, string Body) Decide(WitnessRequest request)
    {
        var (known, next) = (book.Latest(request.Checkpoint.Origin), request.Checkpoint);
        var size = known?.Size ?? 0;
        if (request.Old != size || (size > 0 && size == next.Size && !known!.Root.AsSpan().SequenceEqual(next.Root)))
            return (StatusCodes.Status409Conflict, string.Create(CultureInfo.InvariantCulture, $"{size}\n"));
        if (!Continues(known, next, request.Proof))
            return (
                StatusCodes.Status422UnprocessableEntity,
                "The proof does not show that the checkpoint continues what this witness cosigned.\n"
            );
        var line = book.Signer.Sign(SignedNote.TextOf(request.Note), clock.GetUtcNow());
        book.Keep(next.Origin, request.Note + line);
        return (StatusCodes.Status200OK, line);
    }

    private static bool Continues(Checkpoint? known, Checkpoint next, IReadOnlyList<byte[]> proof) =>
        known is not { Size: > 0 }
            ? proof.Count == 0
            : MerkleProof.Consistent((ulong)known.Size, (ulong)next.Size, known.Root, next.Root, proof);

    private async Task<IResult> Add(HttpRequest request, CancellationToken ct)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var (status, body) = await Add(await reader.ReadToEndAsync(ct), ct);
        return Results.Text(
            body,
            status == StatusCodes.Status409Conflict ? "text/x.tlog.size" : "text/plain",
            statusCode: status
        );
    }
}
