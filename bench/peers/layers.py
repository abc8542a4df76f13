"""torch.nn.MultiheadAttention on one thread: the result, and the least processor time of a forward and backward."""

import json
import sys
import time
from pathlib import Path

import torch

torch.set_num_threads(1)
folder = Path(sys.argv[1])
shape = json.loads(sys.argv[2])
heads, features = shape["heads"], shape["heads"] * shape["headSize"]


def read(name, *sizes):
    values = torch.frombuffer(bytearray((folder / name).read_bytes()), dtype=torch.float32)
    return values.reshape(sizes)


inputs = ("state", "stored", "values")
layer = torch.nn.MultiheadAttention(features, heads, batch_first=True)
with torch.no_grad():
    layer.in_proj_weight.copy_(torch.cat([read(f"{name}.weight", features, features) for name in inputs]))
    layer.in_proj_bias.copy_(torch.cat([read(f"{name}.bias", features) for name in inputs]))
    layer.out_proj.weight.copy_(read("output.weight", features, features))
    layer.out_proj.bias.copy_(read("output.bias", features))
state = read("state", shape["batch"], shape["states"], features).requires_grad_()
stored = read("stored", shape["batch"], shape["stored"], features).requires_grad_()
gradient = read("gradient", shape["batch"], shape["states"], features)


def step():
    layer.zero_grad()
    state.grad = stored.grad = None
    result = layer(state, stored, stored, average_attn_weights=False)[0]
    result.backward(gradient)
    return result


(folder / "result").write_bytes(step().detach().numpy().tobytes())
(folder / "slope").write_bytes(stored.grad.numpy().tobytes())
least = float("inf")
end = time.perf_counter() + shape["seconds"]
while time.perf_counter() < end:
    start = time.process_time()
    step()
    least = min(least, time.process_time() - start)
print(json.dumps({"milliseconds": 1000 * least, "version": torch.__version__}))
