using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Moat.Hosting;
using Moat.Hosting.Anchors;
using Moat.Isms.Anchors;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Tests;

/// <summary>
/// A company whose server names places outside. Two of them begin as copies of one installation, with the same key and
/// the same journal, as a server and its restored backup do.
/// </summary>
internal sealed class AnchoredCompany : IAsyncDisposable
{
    private readonly Company _first;

    private AnchoredCompany(Company first, OutsideWorld outside)
    {
        _first = first;
        Company = first.Reopen(outside);
        Company.Owner = first.Owner;
        var services = Company.Services;
        Round = new AnchorRound(
            new InstallationWork(services.GetRequiredService<IServiceScopeFactory>(), Company.Catalog),
            services.GetRequiredService<AnchorPlaces>(),
            services.GetRequiredService<AnchorTargets>(),
            services.GetRequiredService<AnchorOccasions>(),
            NullLogger<AnchorRound>.Instance
        );
    }

    public Company Company { get; }

    public AnchorRound Round { get; }

    /// <summary>A server of the company that names these places.</summary>
    public static async Task<AnchoredCompany> Of(
        string database,
        AnchorOptions options,
        Uri? timeAuthority = null,
        bool isStory = false
    ) =>
        new(
            await Company.Found(database),
            new OutsideWorld
            {
                Anchors = options,
                TimeAuthority = timeAuthority,
                IsStory = isStory,
            }
        );

    /// <summary>The round that a minute brings.</summary>
    public Task Send() => Round.RunOnce(CancellationToken.None);

    /// <summary>Something is entered.</summary>
    public Task Enter(string name) =>
        Company.Run<AssetRegister, CreateAsset, Done>(p => p.Create, new CreateAsset { Name = name, Kind = "model" });

    /// <summary>Something is entered the next day, and the round comes.</summary>
    public async Task NextDay(string name)
    {
        Company.Clock.Advance(TimeSpan.FromDays(1));
        await Enter(name);
        await Send();
    }

    public Task<AnchorStatus> Status() =>
        Company.Run<AnchorProcess, Nothing, AnchorStatus>(p => p.Status, new Nothing());

    public Task<IReadOnlyList<AnchorRow>> Anchors() =>
        Company.Run<AnchorProcess, ListAnchors, IReadOnlyList<AnchorRow>>(p => p.List, new ListAnchors());

    public Task<CheckpointView> Checkpoint() =>
        Company.Run<JournalProcess, Nothing, CheckpointView>(p => p.Checkpoint, new Nothing());

    /// <summary>The journal held against a kept checkpoint.</summary>
    public Task<ComparedCheckpoint> Since(string note, string? key = null) =>
        Company.Run<JournalComparison, CompareCheckpoint, ComparedCheckpoint>(
            p => p.Since,
            new CompareCheckpoint { Checkpoint = note, VerifierKey = key }
        );

    /// <summary>Journal and records agree: whoever looks only inside finds nothing.</summary>
    public async Task MustVerify() =>
        Assert.Empty((await Company.Run<JournalProcess, Nothing, JournalCheck>(p => p.Verify, new Nothing())).Findings);

    public async ValueTask DisposeAsync()
    {
        await Company.DisposeAsync();
        await _first.DisposeAsync();
    }
}
