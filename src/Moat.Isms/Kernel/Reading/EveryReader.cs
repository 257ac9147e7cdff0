using Moat.Isms.Kernel.Reading.Schemas;

namespace Moat.Isms.Kernel.Reading;

/// <summary>What bounds every reader.</summary>
internal sealed class EveryReader : IReaderBounds
{
    /// <inheritdoc />
    public IReadOnlyList<ReaderLimit> Limits { get; } =
    [
        new("Every file", "bytes", GivenFile.MostBytes),
        new("Input of an operation as JSON", "nesting", InputBinder.MaxDepth),
        new("JSON, whatever it is", "values", GivenJson.MostValues),
        new("YAML, whatever it is", "nesting", GivenYaml.MaxDepth),
        new("YAML, whatever it is", "values", GivenYaml.MostNodes),
        new("XML (JUnit, parts of a workbook)", "nesting", GivenXml.MaxDepth),
        new("XML (JUnit, parts of a workbook)", "bytes of one tag", GivenXml.LargestTag),
        new(
            "Schema of a format",
            "values held against it, once for each schema that a value has to fit",
            SchemaCheck.MostSteps
        ),
    ];
}
