using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Moat.Knowledge;

namespace Moat.Isms.Risks.Money;

/// <summary>How far a reading of a risk lies from its assessment without controls, in steps of the scales.</summary>
/// <param name="Likelihood">Steps on the likelihood scale; below zero is rarer.</param>
/// <param name="Impact">Steps on the impact scale; below zero is cheaper.</param>
public readonly record struct Steps(int Likelihood, int Impact);

/// <summary>A risk as money at risk needs it.</summary>
/// <param name="Number">Its number in the register; it alone decides its luck.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Hint">The ranges of its threat.</param>
/// <param name="Today">Where the controls of today put it.</param>
/// <param name="AfterTreatment">Where the treatment plan puts it.</param>
public sealed record MoneyRisk(int Number, string Title, QuantifyHint Hint, Steps Today, Steps AfterTreatment)
{
    /// <summary>The risk's reference.</summary>
    public string Ref => $"RISK-{Number}";
}

/// <summary>
/// What money at risk is counted from. It holds no connection and no record, so it can be counted later.
/// </summary>
public sealed class MoneyQuestion
{
    /// <summary>The question about these risks, in whatever order they come.</summary>
    public MoneyQuestion(IEnumerable<MoneyRisk> risks, int notCounted)
    {
        Risks = [.. risks.OrderBy(r => r.Number)];
        NotCounted = notCounted;
        Key = KeyOf(Risks, notCounted);
    }

    /// <summary>The risks that are counted, by number.</summary>
    public IReadOnlyList<MoneyRisk> Risks { get; }

    /// <summary>Adopted risks that are not.</summary>
    public int NotCounted { get; }

    /// <summary>Two questions with the same key have the same answer.</summary>
    public string Key { get; }

    private static string KeyOf(IReadOnlyList<MoneyRisk> risks, int notCounted)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[sizeof(int)];
        void Add(Span<byte> buffer, int value)
        {
            BinaryPrimitives.WriteInt32LittleEndian(buffer, value);
            hash.AppendData(buffer);
        }
        Add(number, notCounted);
        foreach (var risk in risks)
        {
            Add(number, risk.Number);
            Add(number, risk.Today.Likelihood);
            Add(number, risk.Today.Impact);
            Add(number, risk.AfterTreatment.Likelihood);
            Add(number, risk.AfterTreatment.Impact);
            foreach (var text in (ReadOnlySpan<string>)[risk.Title, Ranges(risk.Hint)])
            {
                Add(number, text.Length);
                hash.AppendData(Encoding.Unicode.GetBytes(text));
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Ranges(QuantifyHint hint) =>
        FormattableString.Invariant(
            $"{hint.EventsPerYear.Low} {hint.EventsPerYear.Likely} {hint.EventsPerYear.High} {hint.LossEur.Low} {hint.LossEur.High}"
        );
}
