using Moat.Isms.Assets.Boms;
using Moat.Isms.Controls.Frameworks;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Evidence.Reports;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel.Reading.Schemas;
using Moat.Isms.Kernel.Tables;

namespace Moat.Isms.Kernel.Reading;

/// <summary>A bound of a reader.</summary>
/// <param name="Reader">What is read.</param>
/// <param name="Of">What is bounded.</param>
/// <param name="Most">The most that is read; one more is refused.</param>
public sealed record ReaderLimit(string Reader, string Of, long Most);

/// <summary>Every bound that readers of what comes from outside have, from the code that holds it; <c>docs/limits.md</c> is written from
/// it.</summary>
public static class ReaderLimits
{
    /// <summary>The bounds, reader by reader.</summary>
    public static IReadOnlyList<ReaderLimit> All { get; } =
    [
        new("Every file", "bytes", GivenFile.MostBytes),
        new("Input of an operation as JSON", "nesting", InputBinder.MaxDepth),
        new("JSON, whatever it is", "values", GivenJson.MostValues),
        new("YAML, whatever it is", "nesting", GivenYaml.MaxDepth),
        new("YAML, whatever it is", "values", GivenYaml.MostNodes),
        new("XML (JUnit, parts of a workbook)", "nesting", GivenXml.MaxDepth),
        new("XML (JUnit, parts of a workbook)", "bytes of one tag", GivenXml.LargestTag),
        new("Bill of materials to import (CycloneDX, SPDX 3)", "nesting", BomReader.MaxDepth),
        new("Bill of materials to import (CycloneDX, SPDX 3)", "assets", BomReader.MostAssets),
        new("Report as JSON (SARIF, Great Expectations, CycloneDX)", "nesting", ReportReader.MaxDepth),
        new("Great Expectations checkpoint", "validations", ExpectationReader.MostValidations),
        new("in-toto attestations", "nesting", AttestationReader.MaxDepth),
        new("in-toto attestations", "statements", AttestationReader.MostStatements),
        new("Schema of a format", "values held against it, once for each schema that a value has to fit", SchemaCheck.MostSteps),
        new("Framework (OSCAL, CISO Assistant)", "nesting", FrameworkReader.MaxDepth),
        new("Framework (OSCAL, CISO Assistant)", "requirements", FrameworkReader.MostRequirements),
        new("MITRE ATLAS", "techniques", AtlasReader.MostTechniques),
        new("Table (CSV, XLSX)", "rows of a sheet", TableReader.MostRows),
        new("Table (CSV, XLSX)", "columns of a sheet", TableReader.MostColumns),
        new("Table (CSV, XLSX)", "cells, empty and merged ones included", TableBudget.MostCells),
        new("Workbook (XLSX)", "sheets", WorkbookReader.MostSheets),
        new("Workbook (XLSX)", "parts of the archive", WorkbookReader.MostEntries),
        new("Workbook (XLSX)", "bytes unpacked", WorkbookReader.LargestUnpacked),
        new("Workbook (XLSX)", "merged ranges", TableBudget.MostMerges),
        new("Workbook (XLSX)", "XML elements", TableBudget.MostElements),
        new("Workbook (XLSX)", "characters of a cell", XmlPart.LongestText),
        new("Fact of an event", "characters of its data", EventProcess.LongestData),
        new("Events", "events at once", ReceiveEvents.Most),
    ];
}
