using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Documents;

/// <summary>A text to look at before it is saved.</summary>
public sealed record PreviewDocument : OneRecord
{
    /// <summary>Markdown with fields.</summary>
    [MinLength(1), MaxLength(200_000)]
    public required string Source { get; init; }
}

/// <summary>A text with its fields filled.</summary>
public sealed record FilledText(string Text, IReadOnlyList<string> OpenPoints);

/// <summary>Shows how a text would be filled.</summary>
[Process(DocumentRegister.Name, DocumentRegister.Summary)]
public sealed class DocumentPreview(MoatDb db, DocumentTexts texts)
{
    /// <summary>The text as today's records fill it; stores nothing.</summary>
    [Query("preview", Permission.EditDocuments, "Fill a text from today's records without saving it")]
    public async Task<FilledText> Preview(PreviewDocument input, CancellationToken ct)
    {
        var document = await db.One<Document>(input.Ref, ct);
        var decisions = await db.Set<DocumentVersion>()
            .Where(v => v.DocumentId == document.Id)
            .OrderByDescending(v => v.Number)
            .Select(v => v.Decisions)
            .FirstAsync(ct);
        var text = await texts.Fill(document, input.Source, decisions, ct);
        return new FilledText(text, texts.OpenPoints(document, text));
    }
}
