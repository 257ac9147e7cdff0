namespace Moat.Collectors.Models;

/// <summary>What a file of a model or dataset can do to the machine that loads it, as its name tells.</summary>
internal static class ModelFiles
{
    // Formats that hold or may hold pickled objects, or code of their own: they run code of their maker when they are
    // loaded. Not among them: .msgpack (Flax) holds arrays and plain values only, like .safetensors, .gguf and .onnx.
    private static readonly string[] Pickles =
    [
        ".pkl",
        ".pickle",
        ".pkl.gz",
        ".pt",
        ".pth",
        ".pth.tar",
        ".ckpt",
        ".joblib",
        ".dill",
        ".npy",
        ".npz",
        ".h5",
        ".keras",
        ".nemo",
        ".mar",
    ];

    private static readonly string[] Plain = [".safetensors", ".gguf", ".onnx", ".onnx_data", ".msgpack", ".bin"];

    /// <summary>
    /// Whether loading the file may run code. A .bin is what PyTorch pickles weights, optimisers and arguments into,
    /// unless it stands in for the data of a format that has none: beside ONNX, of ggml, or with the .xml of OpenVINO.
    /// </summary>
    public static bool RunsCode(string file, IReadOnlyCollection<string> beside) =>
        Ends(file, Pickles) || (Ends(file, [".bin"]) && !IsPlainData(file, beside));

    /// <summary>Whether the file holds weights.</summary>
    public static bool HoldsWeights(string file) => Ends(file, Plain) || Ends(file, Pickles);

    private static bool IsPlainData(string file, IReadOnlyCollection<string> beside) =>
        $"/{file}".Contains("/onnx/", StringComparison.OrdinalIgnoreCase)
        || $"/{file}".Contains("/ggml-", StringComparison.OrdinalIgnoreCase)
        || Ends(file, [".onnx.bin", ".gguf.bin"])
        || beside.Contains($"{file[..^".bin".Length]}.xml");

    private static bool Ends(string file, IEnumerable<string> endings) =>
        endings.Any(e => file.EndsWith(e, StringComparison.OrdinalIgnoreCase));
}
