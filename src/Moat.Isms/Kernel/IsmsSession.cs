using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.Kernel.Remembering;

namespace Moat.Isms.Kernel;

/// <summary>
/// The one way to do anything to the ISMS. For every door it checks the permission, binds and validates the input, and
/// for a change opens the transaction, runs the operation, writes the journal entry with it and commits. The parts of a
/// page ask at once; they get their answers one after the other, because they share a connection.
/// </summary>
public sealed class IsmsSession(
    IServiceProvider services,
    OperationCatalog catalog,
    MoatDb db,
    ITransactions transactions,
    JournalWriter journal,
    UnchangedCache remembered,
    CurrentCaller caller
) : IDisposable
{
    private static readonly AsyncLocal<bool> Inside = new();
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Who acts.</summary>
    public Caller Caller => caller.Value;

    /// <summary>Runs an operation on input that came as JSON, at any door.</summary>
    public Task<object> Run(Operation operation, JsonObject input, CancellationToken ct)
    {
        MustBeAllowed(operation);
        return Run(operation, InputBinder.Bind(operation.InputType, input), ct);
    }

    /// <summary>
    /// The person who is signed in confirms with the password that the next act is theirs; it holds for one. Throws
    /// <see cref="InputInvalid"/> where the password is wrong.
    /// </summary>
    public async Task Confirm(Operation operation, string? password, CancellationToken ct)
    {
        if (!Caller.May(operation.Permission))
            throw new Forbidden(operation.Name);
        caller.Value = await PersonGate.Confirm(
            operation,
            Caller,
            password,
            services.GetRequiredService<IConfirmIdentity>(),
            ct
        );
    }

    /// <summary>How far the journal of the caller's organisation reaches now, for what is remembered of it.</summary>
    public async Task<JournalMoment> Moment(CancellationToken ct)
    {
        await using var reading = await transactions.BeginRead(db, Caller.OrganizationId, ct);
        return await remembered.MomentOf(db, ct);
    }

    /// <summary>
    /// A process, to name one of its operations: <c>Run(session.Of&lt;RiskRegister&gt;().Accept, input, ct)</c>.
    /// </summary>
    public TProcess Of<TProcess>()
        where TProcess : class => services.GetRequiredService<TProcess>();

    /// <summary>Runs an operation named in code.</summary>
    public async Task<TResult> Run<TInput, TResult>(
        Func<TInput, CancellationToken, Task<TResult>> operation,
        TInput input,
        CancellationToken ct
    )
        where TInput : class
        where TResult : class => (TResult)await Run(catalog.Of(operation.Method), input, ct);

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    private Task<object> Run(Operation operation, object input, CancellationToken ct) =>
        OperationTelemetry.Watch(operation, Caller.Door, () => RunWatched(operation, input, ct));

    private async Task<object> RunWatched(Operation operation, object input, CancellationToken ct)
    {
        MustBeAllowed(operation);
        InputValidation.Check(input);
        (input as IReadFirst)?.ReadFirst();
        if (Inside.Value)
            throw new InvalidOperationException(
                "An operation cannot run inside another; call the process's own methods."
            );
        await _turn.WaitAsync(ct);
        try
        {
            Inside.Value = true;
            if (input is IReadStoredFirst stored)
                await ReadStored(stored, ct);
            return operation.ChangesRecords ? await Change(operation, input, ct) : await Read(operation, input, ct);
        }
        finally
        {
            if (operation.ByPerson)
                caller.Value = Caller with { Confirmed = false };
            _turn.Release();
        }
    }

    private void MustBeAllowed(Operation operation)
    {
        if (!Caller.May(operation.Permission))
            throw new Forbidden(operation.Name);
        PersonGate.Check(operation, Caller);
    }

    private async Task<object> Read(Operation operation, object input, CancellationToken ct)
    {
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        await using var reading = await transactions.BeginRead(db, Caller.OrganizationId, ct);
        var answer = await Answer(operation, input, ct);
        foreach (var told in services.GetServices<IAnsweredQuery>())
            told.Answered(Caller.OrganizationId, operation.Name);
        return answer;
    }

    private async Task<object> Answer(Operation operation, object input, CancellationToken ct)
    {
        db.Seen = new SeenJournal();
        try
        {
            return operation.CanBeRemembered
                ? await remembered.Answer(db, operation, input, Caller, () => Invoke(operation, input, ct), ct)
                : await Invoke(operation, input, ct);
        }
        finally
        {
            db.Seen = null;
        }
    }

    private Task<object> Invoke(Operation operation, object input, CancellationToken ct) =>
        operation.Invoke(services.GetRequiredService(operation.ProcessType), input, ct);

    private async Task ReadStored(IReadStoredFirst input, CancellationToken ct)
    {
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        await using var reading = await transactions.BeginRead(db, Caller.OrganizationId, ct);
        await input.ReadStored(db, services.GetRequiredService<Seams.IBlobStore>(), ct);
    }

    private async Task<object> Change(Operation operation, object input, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        await using var transaction = await transactions.BeginWrite(db, Caller.OrganizationId, ct);
        // A save that fails ends the operation, so there is no point to go back to.
        db.Database.AutoSavepointsEnabled = false;
        db.Flushed.Clear();
        db.GateOpen = true;
        try
        {
            if (caller.RequestKey is { } key && await AnsweredRequests.Find(db, key, operation, input, ct) is { } again)
                return again;
            db.Named = input is OneRecord named ? new NamedRecord(named) : null;
            var result = await Invoke(operation, input, ct);
            db.Named?.Settle(db, operation.Name);
            await journal.Write(Caller, operation, ReasonOf(input), ct);
            if (caller.RequestKey is { } newKey)
                await AnsweredRequests.Keep(db, newKey, operation, input, result, ct);
            await db.Save(ct);
            await transaction.Commit(ct);
            if (db.Written is { } written)
                remembered.Wrote(Caller.OrganizationId, written);
            return result;
        }
        catch (NotFound missing)
            when (operation.Permission != Permission.System && InputReferences.Blame(input, missing) is { } blamed)
        {
            throw blamed;
        }
        catch (DbUpdateConcurrencyException e)
        {
            var record = e.Entries.Select(x => x.Entity).OfType<Referenced>().FirstOrDefault();
            throw new Conflict(record?.Ref ?? "The record", record?.Version ?? 0, "someone else", db.Now);
        }
        catch (Exception e) when (transactions.IsDiskFull(e))
        {
            throw new Unavailable(
                "The disk of the database is full. Nothing of this was stored. Make room on it and do it again."
            );
        }
        finally
        {
            db.GateOpen = false;
            (db.Named, db.Written) = (null, null);
            db.Flushed.Clear();
            db.ChangeTracker.Clear();
        }
    }

    // What a file brought in is found again by the file's name.
    private static string? ReasonOf(object input) =>
        input.GetType().GetProperty("Reason")?.GetValue(input) as string
        ?? (input.GetType().GetProperty("File")?.GetValue(input) as GivenFile)?.Name;
}
